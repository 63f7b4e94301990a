"""Who opens what: every address of ours, for every role, with an own and another's object."""

import pytest
from django.test import Client
from django.urls import reverse

from network.enums import Role
from network.roles import PROTECTED
from portal.kit.access import known_permissions
from tests.factories.network import make_user, sign_in
from tests.house.matrix import (
    OPENS,
    REFUSED,
    ROLES,
    SIGN_IN,
    ask,
    asked,
    letter,
    our_addresses,
    read_table,
)
from tests.house.world import GAVE_BY_POST, World
from tests.proofs.scale import SCALE

pytestmark = pytest.mark.django_db

# Y opens · F refused (403) · N not found (404: it does not exist for this person)
# own = mine, or of a patient whom I follow; other = of somebody else; - = no object
TABLE = """
#                                  pat cli coo acc edi med adm
home:dashboard              -       Y   Y   Y   Y   Y   Y   Y

account:home                -       Y   Y   Y   Y   Y   Y   Y
account:end_session         own     Y   Y   Y   Y   Y   Y   Y
account:end_session         other   N   N   N   N   N   N   N
account:remove_passkey      own     Y   Y   Y   Y   Y   Y   Y
account:remove_passkey      other   N   N   N   N   N   N   N
account:bank                -       F   Y   F   Y   F   F   F

network:accounts            -       F   F   Y   F   F   F   Y
network:account             own     F   F   N   F   F   F   Y
network:account             other   F   F   Y   F   F   F   Y
network:account             staff   F   F   N   F   F   F   Y
network:account_role        own     F   F   F   F   F   F   Y   # the action refuses the own gift
network:account_role        other   F   F   F   F   F   F   Y
network:account_role        staff   F   F   F   F   F   F   Y
network:account_rpps        own     F   F   N   F   F   F   Y   # the action refuses the own check
network:account_rpps        other   F   F   Y   F   F   F   Y
network:account_rpps        staff   F   F   N   F   F   F   N   # no professional
network:account_factor      own     F   F   N   F   F   F   F
network:account_factor      other   F   F   Y   F   F   F   Y
network:account_factor      staff   F   F   N   F   F   F   Y
network:account_close       own     F   F   F   F   F   F   F
network:account_close       other   F   F   F   F   F   F   Y
network:account_close       staff   F   F   F   F   F   F   Y

network:invitations         -       F   F   Y   F   F   F   Y
network:invite_choose       -       F   F   Y   F   F   F   Y
network:invite              care    F   F   Y   F   F   F   Y
network:invite              staff   F   F   F   F   F   F   Y
network:invitation_resend   care    F   F   Y   F   F   F   Y
network:invitation_resend   staff   F   F   N   F   F   F   Y
network:invitation_withdraw care    F   F   Y   F   F   F   Y
network:invitation_withdraw staff   F   F   N   F   F   F   Y

network:bank_changes        -       F   F   F   Y   F   F   F
network:bank_change         own     F   F   F   F   F   F   F   # nobody confirms the own account
network:bank_change         other   F   F   F   Y   F   F   F

network:own_file            -       Y   F   F   F   F   F   F
network:own_file_of         own     Y   F   F   F   F   F   F
network:own_file_of         other   N   F   F   F   F   F   F
network:patients            -       F   Y   Y   F   F   Y   F
network:patient             own     F   Y   Y   F   F   Y   F
network:patient             other   F   N   Y   F   F   Y   F
network:patient_register    -       F   F   Y   F   F   Y   F
network:patient_leave       own     F   F   Y   F   F   Y   F
network:patient_leave       other   F   F   Y   F   F   Y   F
network:ceo_queue           -       F   F   Y   F   F   Y   F
network:visits              -       F   F   Y   F   F   Y   F
network:consultation_slots  -       F   F   Y   F   F   Y   F
network:slots_add           -       F   F   Y   F   F   Y   F
network:slot_withdraw       other   F   F   Y   F   F   Y   F
network:consultation_sites  -       F   F   Y   F   F   Y   F
network:consultation_site_add -     F   F   Y   F   F   Y   F
network:consultation_site   other   F   F   Y   F   F   Y   F
network:visit_book          own     F   F   Y   F   F   Y   F
network:visit_book          other   F   F   Y   F   F   Y   F
network:visit_move          other   F   F   Y   F   F   Y   F
network:visit_cancel        other   F   F   Y   F   F   Y   F
network:visit_miss          other   F   F   Y   F   F   Y   F
network:my_visits           -       F   F   F   F   F   F   F   # a doctor: test_follow_up_access
network:evaluation_write    own     F   F   F   F   F   F   F   # a doctor
network:evaluation_write    other   F   F   F   F   F   F   F
network:evaluation          own     F   Y   Y   F   F   Y   F
network:evaluation          other   F   N   Y   F   F   Y   F
network:evaluation_pdf      own     F   Y   Y   F   F   Y   F
network:evaluation_pdf      other   F   N   Y   F   F   Y   F
network:evaluation_complete own     F   F   F   F   F   F   F   # the doctor who signed
network:evaluation_complete other   F   F   F   F   F   F   F
network:liaison_prepare     own     F   N   Y   F   F   Y   F   # not by any clinician
network:liaison_prepare     other   F   N   Y   F   F   Y   F
network:liaison_pdf         own     F   Y   Y   F   F   Y   F
network:liaison_pdf         other   F   N   Y   F   F   Y   F
network:liaison_sent        own     F   N   Y   F   F   Y   F
network:liaison_sent        other   F   N   Y   F   F   Y   F
network:endings             -       F   F   Y   F   F   Y   F
network:patient_renew       own     F   F   Y   F   F   Y   F
network:patient_renew       other   F   F   Y   F   F   Y   F
network:patient_inclusion   own     F   F   Y   F   F   Y   F
network:patient_inclusion   other   F   F   Y   F   F   Y   F
network:contact_add         own     F   F   Y   F   F   Y   F
network:contact_add         other   F   F   Y   F   F   Y   F
network:ask_again           own     F   F   Y   F   F   Y   F
network:ask_again           other   F   F   Y   F   F   Y   F

network:treating_doctor     own     F   F   Y   F   F   Y   F
network:treating_doctor     other   F   F   Y   F   F   Y   F
network:team_join           own     F   F   Y   F   F   Y   F
network:team_join           other   F   F   Y   F   F   Y   F
network:team_leave          own     F   F   Y   F   F   Y   F
network:team_leave          other   F   F   Y   F   F   Y   F
network:ald_add             own     F   F   Y   F   F   Y   F
network:ald_add             other   F   F   Y   F   F   Y   F
network:ald_edit            own     F   F   Y   F   F   Y   F
network:ald_edit            other   F   F   Y   F   F   Y   F
network:ald_end             own     F   F   Y   F   F   Y   F
network:ald_end             other   F   F   Y   F   F   Y   F

network:professionals       -       F   F   Y   F   F   Y   Y
network:professional_add    -       F   F   Y   F   F   F   Y
network:professional        own     F   F   Y   F   F   Y   Y
network:professional        other   F   F   Y   F   F   Y   Y
network:professional_edit   own     F   F   F   F   F   F   F   # opens the right to be paid
network:professional_edit   other   F   F   Y   F   F   F   Y
network:agreement           own     F   F   F   F   F   F   F
network:agreement           other   F   F   Y   F   F   F   Y

network:rcps                -       F   Y   Y   F   F   Y   F
network:rcp_add             -       F   F   Y   F   F   Y   F
network:rcp                 own     F   Y   Y   F   F   Y   F
network:rcp                 other   F   N   Y   F   F   Y   F
network:rcp_choose          own     F   F   Y   F   F   Y   F
network:rcp_choose          other   F   F   Y   F   F   Y   F
network:rcp_file_add        own     F   F   Y   F   F   Y   F
network:rcp_file_add        other   F   F   Y   F   F   Y   F
network:journal             -       F   F   F   F   F   F   Y

fees:my_acts                -       F   Y   F   F   F   F   F
fees:log_act                -       F   Y   F   F   F   F   F
fees:export                 -       F   Y   F   F   F   F   F
fees:act                    own     F   Y   F   F   F   F   F
fees:act                    other   F   N   F   F   F   F   F
fees:send                   own     F   Y   F   F   F   F   F
fees:send                   other   F   N   F   F   F   F   F
fees:cancel                 own     F   Y   F   F   F   F   F
fees:cancel                 other   F   N   F   F   F   F   F
fees:replace                own     F   Y   F   F   F   F   F
fees:replace                other   F   N   F   F   F   F   F
fees:control                -       F   F   F   Y   F   F   F
fees:control_export         -       F   F   F   Y   F   F   F
fees:control_act            own     F   F   F   Y   F   F   F
fees:control_act            other   F   F   F   Y   F   F   F
fees:validate               own     F   F   F   Y   F   F   F
fees:validate               other   F   F   F   Y   F   F   F
fees:reopen                 own     F   F   F   Y   F   F   F
fees:reopen                 other   F   F   F   Y   F   F   F
fees:undo                   own     F   F   F   Y   F   F   F
fees:undo                   other   F   F   F   Y   F   F   F
fees:batches                -       F   F   F   Y   F   F   F
fees:batch_prepare          -       F   F   F   Y   F   F   F
fees:envelope               -       F   F   F   Y   F   F   F
fees:batch                  own     F   F   F   Y   F   F   F
fees:batch_sign             other   F   F   F   Y   F   F   F
fees:batch_drop             other   F   F   F   Y   F   F   F
fees:batch                  other   F   F   F   Y   F   F   F
fees:batch_file             other   F   F   F   Y   F   F   F
fees:batch_executed         other   F   F   F   Y   F   F   F
fees:transfer               own     F   F   F   Y   F   F   F
fees:transfer               other   F   F   F   Y   F   F   F
fees:my_payments            -       F   Y   F   F   F   F   F
fees:my_payment             own     F   Y   F   F   F   F   F
fees:my_payment             other   F   N   F   F   F   F   F
fees:remittance             own     F   Y   F   F   F   F   F
fees:remittance             other   F   N   F   F   F   F   F
fees:closings               -       F   F   F   Y   F   F   F
fees:closing_year           other   F   F   F   Y   F   F   F
fees:closing_month          own     F   F   F   Y   F   F   F   # closed
fees:closing_month          other   F   F   F   Y   F   F   F   # the next one
fees:reports                -       F   F   F   Y   F   F   F
fees:reports_of             other   F   F   F   Y   F   F   F
fees:das2                   other   F   F   F   Y   F   F   F
fees:journal                other   F   F   F   Y   F   F   F
fees:agency                 other   F   F   F   Y   F   F   F
fees:agency_file            other   F   F   F   Y   F   F   F
fees:statement              own     F   F   F   Y   F   F   F
fees:statement              other   F   F   F   N   F   F   F   # nothing was paid that year
fees:my_statement           own     F   Y   F   F   F   F   F
fees:my_statement           other   F   N   F   F   F   F   F   # nothing then
fees:my_claims              -       F   Y   F   F   F   F   F
fees:send_claim             -       F   Y   F   F   F   F   F
fees:my_claim               own     F   Y   F   F   F   F   F
fees:my_claim               other   F   N   F   F   F   F   F
fees:claim_again            own     F   Y   F   F   F   F   F
fees:claim_again            other   F   N   F   F   F   F   F
fees:why                    -       F   Y   F   Y   F   F   F
fees:arbitrations           -       F   F   F   F   F   Y   F
fees:arbitration            other   F   F   F   F   F   Y   F
fees:schedule               -       F   F   F   F   F   F   Y
fees:new_policy             -       F   F   F   F   F   F   Y
fees:new_tariff             -       F   F   F   F   F   F   Y
fees:spot_rate              -       F   F   F   F   F   F   Y
fees:control_claims         -       F   F   F   Y   F   F   F
fees:validate_claims        -       F   F   F   Y   F   F   F
fees:control_claim          own     F   F   F   Y   F   F   F
fees:control_claim          other   F   F   F   Y   F   F   F
fees:control_run            other   F   F   F   Y   F   F   F
fees:control_line           own     F   F   F   Y   F   F   F
fees:control_line           other   F   F   F   Y   F   F   F
fees:line_validate          own     F   F   F   Y   F   F   F
fees:line_validate          other   F   F   F   Y   F   F   F
fees:line_return            own     F   F   F   Y   F   F   F
fees:line_return            other   F   F   F   Y   F   F   F
fees:spot_checks            -       F   F   F   Y   F   F   F
fees:spot_check             other   F   F   F   Y   F   F   F

etp:mine                    -       Y   F   F   F   F   F   F
etp:objectives              -       Y   F   F   F   F   F   F
etp:agenda                  -       Y   F   F   F   F   F   F
etp:equipment               -       Y   F   F   F   F   F   F
etp:workshop                own     Y   F   F   F   F   F   F
etp:workshop                other   N   F   F   F   F   F   F
etp:join                    own     Y   F   F   F   F   F   F
etp:join                    other   N   F   F   F   F   F   F
etp:wait                    own     Y   F   F   F   F   F   F
etp:wait                    other   N   F   F   F   F   F   F
etp:cycle_wait              own     Y   F   F   F   F   F   F
etp:cycle_wait              other   N   F   F   F   F   F   F
etp:offer                   own     Y   F   F   F   F   F   F
etp:offer                   other   N   F   F   F   F   F   F
etp:booked                  own     Y   F   F   F   F   F   F
etp:booked                  other   N   F   F   F   F   F   F
etp:download                own     Y   F   F   F   F   F   F
etp:download                other   N   F   F   F   F   F   F
etp:give_up_cycle           own     N   F   F   F   F   F   F   # no cycle
etp:give_up_cycle           other   N   F   F   F   F   F   F
etp:feedback                own     Y   F   F   F   F   F   F
etp:feedback                other   N   F   F   F   F   F   F
etp:satisfaction            own     Y   F   F   F   F   F   F
etp:satisfaction            other   N   F   F   F   F   F   F
etp:assessments             -       F   F   Y   F   F   Y   F
etp:assessment              own     F   F   Y   F   F   Y   F
etp:assessment              other   F   F   Y   F   F   Y   F
etp:assessment_start        own     F   F   Y   F   F   Y   F
etp:assessment_start        other   F   F   Y   F   F   Y   F
etp:assessment_part         own     F   F   Y   F   F   Y   F
etp:assessment_part         other   F   F   Y   F   F   Y   F
etp:assessment_close        own     F   F   Y   F   F   Y   F
etp:assessment_close        other   F   F   Y   F   F   Y   F
etp:assessment_version      own     F   F   Y   F   F   Y   F
etp:assessment_version      other   F   F   Y   F   F   Y   F
etp:link_close              own     F   F   Y   F   F   Y   F
etp:link_close              other   F   F   Y   F   F   Y   F
etp:workshops_open          own     F   F   Y   F   F   Y   F
etp:workshops_open          other   F   F   Y   F   F   Y   F
etp:opening_close           own     F   F   Y   F   F   Y   F
etp:opening_close           other   F   F   Y   F   F   Y   F
etp:evaluation              own     F   F   Y   F   F   Y   F
etp:evaluation              other   F   F   Y   F   F   Y   F
etp:evaluation_letter       own     F   F   Y   F   F   Y   F
etp:evaluation_letter       other   F   F   Y   F   F   Y   F
etp:evaluation_letter_file  own     F   F   Y   F   F   Y   F
etp:evaluation_letter_file  other   F   F   Y   F   F   Y   F
etp:report                  -       F   F   Y   F   F   Y   F
etp:report_sheet            -       F   F   Y   F   F   Y   F

training:home               -       F   Y   Y   F   F   Y   F
training:certainty          -       F   Y   Y   F   F   Y   F
training:start              other   F   Y   Y   F   F   Y   F
training:run                own     F   Y   Y   F   F   Y   F
training:run                other   F   N   N   F   F   N   F
training:go_on              own     F   Y   Y   F   F   Y   F
training:go_on              other   F   N   N   F   F   N   F
training:again              own     F   Y   Y   F   F   Y   F
training:again              other   F   N   N   F   F   N   F

training:module             other   F   Y   Y   F   F   Y   F
training:module_begin       other   F   Y   Y   F   F   Y   F
training:module_stage       other   F   Y   Y   F   F   Y   F
training:lesson_read        other   F   Y   Y   F   F   Y   F
training:module_attest      other   F   N   N   F   F   N   F   # never enrolled
training:attestations       -       F   Y   Y   F   F   Y   F
training:attestation_pdf    own     F   Y   Y   F   F   Y   F
training:attestation_pdf    other   F   N   N   F   F   Y   F
training:issued_attestations -      F   F   F   F   F   Y   F
training:revoke_attestation own     F   F   F   F   F   Y   F
training:revoke_attestation other   F   F   F   F   F   Y   F
training:body               -       F   F   F   F   F   F   Y
training:hours              -       F   F   F   Y   F   F   F
training:hours_export       -       F   F   F   Y   F   F   F
training:return_begin       own     F   Y   Y   F   F   Y   F
training:return_begin       other   F   N   N   F   F   N   F
training:returns_switch     -       F   Y   Y   F   F   Y   F
training:registrations      -       F   Y   Y   F   F   Y   F
training:register           other   F   Y   Y   F   F   Y   F
training:wish               other   F   Y   Y   F   F   Y   F
training:registration       own     F   Y   Y   F   F   Y   F
training:registration       other   F   N   N   F   F   N   F
training:registration_cancel own    F   Y   Y   F   F   Y   F
training:registration_cancel other  F   N   N   F   F   N   F
training:registration_ics   own     F   Y   Y   F   F   Y   F
training:registration_ics   other   F   N   N   F   F   N   F
training:registration_pay   own     F   Y   Y   F   F   Y   F
training:registration_pay   other   F   N   N   F   F   N   F
training:my_invoice         own     F   Y   Y   F   F   Y   F
training:my_invoice         other   F   N   N   F   F   N   F
training:payments           -       F   F   Y   Y   Y   F   F
training:payment            own     F   F   Y   Y   Y   F   F
training:payment            other   F   F   Y   Y   Y   F   F
training:refund_ask         other   F   F   Y   F   Y   F   F
training:refund_decide      other   F   F   F   Y   F   F   F
training:invoice            other   F   F   Y   Y   Y   F   F
training:payouts            -       F   F   F   Y   F   F   F
training:payout             other   F   F   F   Y   F   F   F
training:attendance         other   F   F   F   F   Y   Y   F
training:arrival            other   F   F   F   F   Y   Y   F
training:meetings           -       F   F   F   F   Y   Y   F
training:meeting            other   F   F   F   F   Y   Y   F
training:meeting_call_off   other   F   F   F   F   Y   Y   F
training:meeting_repeat     other   F   F   F   F   Y   Y   F
training:meeting_export     other   F   F   F   F   Y   Y   F
training:meetings_figures   -       F   F   F   F   Y   Y   F
training:meetings_export    -       F   F   F   F   Y   Y   F
training:replay             other   N   Y   Y   N   Y   Y   N
training:replay_media       other   N   Y   Y   N   Y   Y   N
training:replay_captions    other   N   Y   Y   N   Y   Y   N
training:replay_seen        other   N   Y   Y   N   Y   Y   N
training:replay_answer      other   N   Y   Y   N   Y   Y   N
training:replay_edit        other   F   F   F   F   Y   Y   F
training:replay_withdraw    other   F   F   F   F   Y   Y   F
training:replay_questions   other   F   F   F   F   Y   Y   F
training:effects            -       F   F   F   F   Y   Y   F
training:effect             other   F   F   F   F   Y   Y   F

training:committee          -       F   F   F   F   Y   Y   F
training:questions          -       F   F   F   F   Y   Y   F
training:questions_export   -       F   F   F   F   Y   Y   F
training:question           other   F   F   F   F   Y   Y   F
training:case_statistics    other   F   F   F   F   Y   Y   F
training:cards              -       F   F   F   F   Y   Y   F
training:card               other   F   F   F   F   Y   Y   F

etp:planning                -       F   F   Y   F   F   Y   F
etp:programmes              -       F   F   Y   F   F   Y   F
etp:programme_add           -       F   F   Y   F   F   Y   F
etp:programme               other   F   F   Y   F   F   Y   F
etp:workshops               -       F   F   Y   F   F   Y   F
etp:workshop_add            -       F   F   Y   F   F   Y   F
etp:workshop_model          other   F   F   Y   F   F   Y   F
etp:facilitators            -       F   F   Y   F   F   Y   F
etp:facilitator_add         -       F   F   Y   F   F   Y   F
etp:facilitator             own     F   F   Y   F   F   Y   F
etp:facilitator             other   F   F   Y   F   F   Y   F
etp:sites                   -       F   F   Y   F   F   Y   F
etp:site_add                -       F   F   Y   F   F   Y   F
etp:site                    other   F   F   Y   F   F   Y   F
etp:session_add             -       F   F   Y   F   F   Y   F
etp:session                 own     F   F   Y   F   F   Y   F   # own: facilitated by me
etp:session                 other   F   F   Y   F   F   Y   F
etp:session_change          own     F   F   Y   F   F   Y   F
etp:session_change          other   F   F   Y   F   F   Y   F
etp:session_seats           own     F   F   Y   F   F   Y   F
etp:session_seats           other   F   F   Y   F   F   Y   F
etp:session_cancel          own     F   F   Y   F   F   Y   F
etp:session_cancel          other   F   F   Y   F   F   Y   F
etp:session_message         own     F   F   Y   F   F   Y   F
etp:session_message         other   F   F   Y   F   F   Y   F
etp:session_invite          own     F   F   Y   F   F   Y   F
etp:session_invite          other   F   F   Y   F   F   Y   F
etp:attendance              own     F   Y   Y   F   F   Y   F
etp:attendance              other   F   N   Y   F   F   Y   F
etp:attendance_sheet        own     F   Y   Y   F   F   Y   F
etp:attendance_sheet        other   F   N   Y   F   F   Y   F
etp:absents                 -       F   F   Y   F   F   Y   F
etp:seat_cancel             own     F   F   Y   F   F   Y   F
etp:seat_cancel             other   F   F   Y   F   F   Y   F
etp:seat_move               own     F   F   Y   F   F   Y   F
etp:seat_move               other   F   F   Y   F   F   Y   F
etp:seat_answer             own     F   F   Y   F   F   Y   F
etp:seat_answer             other   F   F   Y   F   F   Y   F
etp:wait_leave              other   F   F   Y   F   F   Y   F
etp:cycle_wait_leave        other   F   F   Y   F   F   Y   F
etp:my_sessions             -       F   Y   F   F   F   F   F
etp:my_session              own     F   Y   F   F   F   F   F
etp:my_session              other   F   N   F   F   F   F   F

network:rcp_plan            -       F   F   Y   F   F   Y   F
network:rcp_change          own     F   F   Y   F   F   Y   F
network:rcp_change          other   F   F   Y   F   F   Y   F
network:rcp_call_off        own     F   F   Y   F   F   Y   F
network:rcp_call_off        other   F   F   Y   F   F   Y   F
network:rcp_invite          own     F   F   Y   F   F   Y   F
network:rcp_invite          other   F   F   Y   F   F   Y   F
network:rcp_hold            own     F   F   Y   F   F   Y   F
network:rcp_hold            other   F   F   Y   F   F   Y   F
network:rcp_answer          own     F   Y   Y   F   F   Y   F   # own: I am invited
network:rcp_answer          other   F   N   Y   F   F   Y   F
network:rcp_uninvite        own     F   F   Y   F   F   Y   F
network:rcp_uninvite        other   F   F   Y   F   F   Y   F
network:rcp_file            own     F   Y   Y   F   F   Y   F   # own: I chair and sign
network:rcp_file            other   F   N   Y   F   F   Y   F
network:rcp_file_edit       own     F   F   Y   F   F   Y   F
network:rcp_file_edit       other   F   F   Y   F   F   Y   F
network:rcp_file_order      own     F   F   Y   F   F   Y   F
network:rcp_file_order      other   F   F   Y   F   F   Y   F
network:rcp_file_remove     own     F   F   Y   F   F   Y   F
network:rcp_file_remove     other   F   F   Y   F   F   Y   F
network:rcp_presence        own     F   Y   Y   F   F   Y   F
network:rcp_presence        other   F   N   Y   F   F   Y   F
network:rcp_plan_day        own     F   F   Y   F   F   Y   F
network:rcp_plan_day        other   F   F   Y   F   F   Y   F
network:rcp_proposal_add    own     F   Y   Y   F   F   Y   F
network:rcp_proposal_add    other   F   N   Y   F   F   Y   F
network:rcp_drop            own     F   Y   Y   F   F   Y   F
network:rcp_drop            other   F   N   Y   F   F   Y   F
network:rcp_minutes         own     F   Y   Y   F   F   Y   F
network:rcp_minutes         other   F   N   Y   F   F   Y   F
network:rcp_sign            own     F   Y   Y   F   F   Y   F
network:rcp_sign            other   F   N   N   F   F   N   F   # only who is named signs
network:rcp_copy            own     F   F   Y   F   F   Y   F
network:rcp_copy            other   F   F   Y   F   F   Y   F
network:rcp_pdf             own     F   Y   Y   F   F   Y   F
network:rcp_pdf             other   F   N   Y   F   F   Y   F
network:own_minutes         own     Y   F   F   F   F   F   F
network:own_minutes         other   N   F   F   F   F   F   F
network:rcp_proposals       -       F   Y   Y   F   F   Y   F
network:rcp_outcome         own     F   Y   Y   F   F   Y   F   # own: I answer for it
network:rcp_outcome         other   F   N   Y   F   F   Y   F
network:rcp_done            own     F   Y   Y   F   F   Y   F
network:rcp_done            other   F   N   Y   F   F   Y   F
network:rcp_follow_up       -       F   F   Y   F   F   Y   F
network:rcp_work            own     F   F   Y   F   F   Y   F
network:rcp_work            other   F   F   Y   F   F   Y   F
network:rcp_quorum          -       F   F   F   F   F   Y   F
network:plans               -       F   Y   Y   F   F   Y   F
network:plan                own     F   Y   Y   F   F   Y   F
network:plan                other   F   N   Y   F   F   Y   F
network:plan_version        own     F   Y   Y   F   F   Y   F
network:plan_version        other   F   N   Y   F   F   Y   F
network:plan_pdf            own     F   Y   Y   F   F   Y   F
network:plan_pdf            other   F   N   Y   F   F   Y   F
network:plan_choose         own     F   Y   Y   F   F   Y   F
network:plan_choose         other   F   N   Y   F   F   Y   F
network:plan_compare        own     F   Y   Y   F   F   Y   F
network:plan_compare        other   F   N   Y   F   F   Y   F
network:plan_edit           own     F   Y   Y   F   F   Y   F
network:plan_edit           other   F   N   Y   F   F   Y   F
network:plan_check          own     F   Y   Y   F   F   Y   F
network:plan_check          other   F   N   Y   F   F   Y   F
network:plan_drop           own     F   Y   Y   F   F   Y   F
network:plan_drop           other   F   N   Y   F   F   Y   F
network:plan_agreement      own     F   Y   Y   F   F   Y   F
network:plan_agreement      other   F   N   Y   F   F   Y   F
network:own_plan            own     Y   F   F   F   F   F   F
network:own_plan            other   N   F   F   F   F   F   F
network:own_plan_pdf        own     Y   F   F   F   F   F   F
network:own_plan_pdf        other   N   F   F   F   F   F   F
network:own_plan_agree      own     N   F   F   F   F   F   F   # names no version
network:own_plan_agree      other   N   F   F   F   F   F   F
network:sharing             own     F   Y   Y   F   F   Y   F
network:sharing             other   F   N   Y   F   F   Y   F
network:sharing_give        own     F   Y   Y   F   F   Y   F
network:sharing_give        other   F   N   Y   F   F   Y   F
network:sharing_withdraw    own     F   Y   Y   F   F   Y   F
network:sharing_withdraw    other   F   N   Y   F   F   Y   F
network:own_sharing         own     Y   F   F   F   F   F   F
network:own_sharing         other   N   F   F   F   F   F   F
network:own_readers         own     Y   F   F   F   F   F   F
network:own_readers         other   N   F   F   F   F   F   F
network:glass               -       F   Y   F   F   F   F   F
network:glasses             -       F   F   Y   F   F   Y   F
network:glass_check         own     F   F   Y   F   F   Y   F
network:glass_check         other   F   F   Y   F   F   Y   F
network:pathway             own     F   Y   Y   F   F   Y   F
network:pathway             other   F   N   Y   F   F   Y   F
network:own_pathway         own     Y   F   F   F   F   F   F
network:own_pathway         other   N   F   F   F   F   F   F
network:own_questionnaire   -       Y   F   F   F   F   F   F
network:own_answers         -       Y   F   F   F   F   F   F
network:questionnaire_question own  Y   F   Y   F   F   Y   F   # the coordination: from a paper
network:questionnaire_question other N  F   Y   F   F   Y   F
network:questionnaire_check own     Y   F   Y   F   F   Y   F
network:questionnaire_check other   N   F   Y   F   F   Y   F
network:questionnaire_pause own     Y   F   Y   F   F   Y   F
network:questionnaire_pause other   N   F   Y   F   F   Y   F
network:questionnaire_help  own     Y   F   Y   F   F   Y   F
network:questionnaire_help  other   N   F   Y   F   F   Y   F
network:questionnaire_display own   Y   F   Y   F   F   Y   F
network:questionnaire_display other N   F   Y   F   F   Y   F
network:questionnaire_sent  own     Y   F   F   F   F   F   F
network:questionnaire_sent  other   N   F   F   F   F   F   F
network:patient_questionnaire own   F   Y   Y   F   F   Y   F
network:patient_questionnaire other F   N   Y   F   F   Y   F
network:ask                 own     F   F   Y   F   F   Y   F
network:ask                 other   F   F   Y   F   F   Y   F
network:on_paper            own     F   F   Y   F   F   Y   F
network:on_paper            other   F   F   Y   F   F   Y   F
network:questionnaires      -       F   F   Y   F   F   Y   F
network:alerts              -       F   F   Y   F   F   Y   F
network:alert               own     F   F   Y   F   F   Y   F
network:alert               other   F   F   Y   F   F   Y   F
network:refer_new           -       F   Y   F   F   F   F   F
network:refer               own     F   Y   F   F   F   F   F
network:refer               other   F   N   F   F   F   F   F
network:refer_field         own     F   Y   F   F   F   F   F
network:refer_field         other   F   N   F   F   F   F   F
network:refer_discard       own     F   Y   F   F   F   F   F
network:refer_discard       other   F   N   F   F   F   F   F
network:my_requests         -       F   Y   F   F   F   F   F
network:my_request          own     F   Y   F   F   F   F   F
network:my_request          other   F   N   F   F   F   F   F
network:my_request_again    own     F   Y   F   F   F   F   F
network:my_request_again    other   F   N   F   F   F   F   F
network:attachment          own     F   Y   Y   F   F   Y   F
network:attachment          other   F   N   Y   F   F   Y   F
network:queue               -       F   F   Y   F   F   Y   F
network:request             own     F   F   Y   F   F   Y   F
network:request             other   F   F   Y   F   F   Y   F
network:request_decide      own     F   F   Y   F   F   Y   F
network:request_decide      other   F   F   Y   F   F   Y   F
network:request_complete    own     F   F   Y   F   F   Y   F
network:request_complete    other   F   F   Y   F   F   Y   F
network:request_again       own     F   F   Y   F   F   Y   F
network:request_again       other   F   F   Y   F   F   Y   F
network:request_compare     own     F   F   Y   F   F   Y   F
network:request_compare     other   F   F   Y   F   F   Y   F
home:search_misses          -       F   F   F   F   Y   Y   F
network:directory_to_verify -       F   F   Y   F   F   Y   F
network:structure_wait      other   F   F   Y   F   F   Y   F
network:structure_confirm   other   F   F   Y   F   F   Y   F
network:reserved_number     other   F   F   F   F   F   F   Y
home:upkeep                 -       F   F   Y   F   Y   Y   F
network:directory_import    -       F   F   Y   F   Y   Y   F
network:directory_template  -       F   F   Y   F   Y   Y   F
network:remark_settle       other   F   F   Y   F   F   Y   F
network:letter              own     Y   Y   Y   F   F   Y   F
network:letter              other   N   N   Y   F   F   Y   F
fees:statements             -       F   F   F   Y   F   F   F
fees:statement_receive      -       F   F   F   Y   F   F   F
fees:statements_summary     -       F   F   F   Y   F   F   F
fees:statements_file        other   F   F   F   Y   F   F   F
fees:workbench              own     F   F   F   Y   F   F   F
fees:workbench              other   F   F   F   Y   F   F   F
fees:statement_columns      own     F   F   F   Y   F   F   F
fees:statement_columns      other   F   F   F   Y   F   F   F
fees:statement_drop         own     F   F   F   Y   F   F   F
fees:statement_drop         other   F   F   F   Y   F   F   F
fees:statement_close        own     F   F   F   Y   F   F   F
fees:statement_close        other   F   F   F   Y   F   F   F
fees:statement_letter       own     F   F   F   Y   F   F   F
fees:statement_letter       other   F   F   F   Y   F   F   F
fees:letter_file            own     F   F   F   Y   F   F   F
fees:letter_file            other   F   F   F   Y   F   F   F
fees:difference             own     F   F   F   Y   F   F   F
fees:difference             other   F   F   F   Y   F   F   F
fees:difference_split       own     F   F   F   Y   F   F   F
fees:difference_split       other   F   F   F   Y   F   F   F
fees:my_statements          -       F   Y   F   F   F   F   F
fees:my_checked             own     F   Y   F   F   F   F   F
fees:my_checked             other   F   N   F   F   F   F   F
fees:my_statement_columns   own     F   Y   F   F   F   F   F
fees:my_statement_columns   other   F   N   F   F   F   F   F
fees:my_statement_send      own     F   Y   F   F   F   F   F
fees:my_statement_send      other   F   N   F   F   F   F   F
fees:my_original            own     F   Y   F   F   F   F   F
fees:my_original            other   F   N   F   F   F   F   F
fees:bank_files             -       F   F   F   Y   F   F   F
fees:bank_receive           -       F   F   F   Y   F   F   F
fees:bank_workbench         other   F   F   F   Y   F   F   F
fees:bank_reading           other   F   F   F   Y   F   F   F
fees:bank_drop              other   F   F   F   Y   F   F   F
fees:bank_original          other   F   F   F   Y   F   F   F
fees:bank_close             other   F   F   F   Y   F   F   F
fees:bank_summary           other   F   F   F   Y   F   F   F
fees:bank_export            other   F   F   F   Y   F   F   F
fees:bank_line              other   F   F   F   Y   F   F   F
fees:rules                  -       F   F   F   Y   F   F   F
fees:rule_stop              other   F   F   F   Y   F   F   F
fees:bank_rules             other   F   F   F   Y   F   F   F
fees:statement_rules        own     F   F   F   Y   F   F   F
fees:statement_rules        other   F   F   F   Y   F   F   F
fees:cards                  -       F   F   F   Y   F   F   F
fees:card_payout            other   F   F   F   Y   F   F   F
fees:card_explain           -       F   F   F   Y   F   F   F
fees:card_take_back         other   F   F   F   Y   F   F   F
fees:cards_export           other   F   F   F   Y   F   F   F
home:indicators             -       F   F   Y   Y   Y   Y   Y
home:compute                -       F   F   Y   Y   Y   Y   Y
home:computing              -       F   F   Y   Y   Y   Y   Y
home:places                 -       F   F   Y   F   F   Y   Y
home:sites                  -       F   F   Y   N   N   Y   Y   # of the pathway
home:sites_sheet            -       F   F   Y   N   N   Y   Y   # of the pathway
home:own_figures            -       F   Y   F   F   F   F   F
home:report                 -       F   F   Y   F   F   Y   Y
home:report_pdf             -       F   F   Y   F   F   Y   Y
home:report_sheet           -       F   F   Y   F   F   Y   Y
home:common_export          -       F   F   Y   F   F   Y   Y
home:indicator              -       F   F   Y   N   N   Y   Y   # of the pathway
"""
PUBLIC = {
    "wagtail_serve",
    "healthz",
    "home:gallery",
    "home:robots",
    "home:sitemap",
    "account:register",
    "account:register_sent",
    "account:register_finish",
    "account:invitation",
    "account:shut",
    "account:shut_providers",
    "network:messages",  # only in the demo
    "training:verify_attestation",
    "training:return",  # a mailed link: its page alone
    "training:return_pause",
    "training:registration_mailed",  # a mailed link: one registration
    "training:registration_leave",
    "training:card_webhook",  # a signed message of the card service
    "training:survey",  # a mailed link: one survey
    "training:meetings_ics",  # the public agenda, for machines
    "training:meetings_rss",
    "training:meeting_ics",
    "network:entry",  # a mailed link and a birth date
    "network:leave_link",  # closes what it opened
    "etp:feed",  # a secret address: dates and places, neutral names
    "etp:place",  # a mailed link: one date and one place
    "etp:place_cancel",
    "etp:place_move",
    "etp:place_answer",
    "etp:place_calendar",
    "network:rcp_call",  # a mailed link: one meeting, no patient
    "network:rcp_call_answer",
    "network:rcp_call_ics",
    "network:directory",
    "network:need",
    "home:find",
    "network:directory_file",
    "network:structure",
    "home:public_figures",
    "network:structure_check",  # a mailed link: one public sheet
    "network:phone_lines",  # each person's own list; strangers read what all may
}
"""Addresses that anybody may open."""

LINES = read_table(TABLE)
OBJECTLESS = {"kind", "role"}
"""Parameters that name no object of anybody."""


def test_every_address_is_classified() -> None:
    addresses = our_addresses()
    in_table = {line.name for line in LINES}
    assert set(addresses) - in_table - PUBLIC == set(), "add them to TABLE or PUBLIC"
    assert (in_table | PUBLIC) - set(addresses) == set(), "these addresses are gone"


def test_public_addresses_are_the_listed_ones() -> None:
    assert {name for name, address in our_addresses().items() if address.public} == PUBLIC


def test_every_other_address_asks_a_known_permission() -> None:
    known = known_permissions() | {"signed_in"}
    strange = {
        name: address.perm
        for name, address in our_addresses().items()
        if not address.public and address.perm not in known
    }
    assert strange == {}


def test_every_address_with_an_object_is_asked_with_one_of_somebody_else() -> None:
    labels: dict[str, set[str]] = {}
    for line in LINES:
        labels.setdefault(line.name, set()).add(line.label)
    bare = {
        name
        for name, address in our_addresses().items()
        if address.parameters - OBJECTLESS
        and name not in PUBLIC
        and not labels[name] & {"other", "staff"}
    }
    assert bare == set()


@pytest.mark.parametrize("role", ROLES)
def test_role_opens_what_the_table_says(world: World, role: Role, answers_alone: None) -> None:
    world.become(role)
    addresses = our_addresses()
    wrong = {}
    for line, once in asked(LINES, role):
        kwargs = world.kwargs(line.name, line.label, addresses[line.name].parameters)
        found = ask(world.client, line, kwargs, GAVE_BY_POST, once=once)
        if found != line.answers[role]:
            wrong[line.name, line.label] = f"{found}, not {line.answers[role]}"
    assert wrong == {}


@pytest.mark.prove
def test_stranger_is_sent_to_sign_in(world: World) -> None:
    addresses = our_addresses()
    stranger = Client()
    wrong = {}
    for line in LINES if SCALE else {line.name: line for line in LINES}.values():
        kwargs = world.kwargs(line.name, line.label, addresses[line.name].parameters)
        found = ask(stranger, line, kwargs, GAVE_BY_POST, once=not SCALE)
        if found != SIGN_IN:
            wrong[line.name, line.label] = found
    assert wrong == {}


def test_account_without_role_opens_only_itself(world: World, answers_alone: None) -> None:
    addresses = our_addresses()
    nobody = sign_in(Client(), make_user())
    opened = set()
    for line in {line.name: line for line in LINES}.values():
        kwargs = world.kwargs(line.name, line.label, addresses[line.name].parameters)
        if OPENS in ask(nobody, line, kwargs, GAVE_BY_POST, once=not SCALE):
            opened.add(line.name)
    assert opened <= {"account:home", "home:dashboard"}


# The editor (Wagtail)

EDITOR_ROOT = "/redaction/"
KEPT_FROM_EDITORS = ("users/", "groups/", "settings/", "reports/site-history/", "sites/")


@pytest.mark.parametrize("role", sorted(PROTECTED | {Role.PATIENT}))
def test_editor_opens_to_its_roles(client: Client, role: Role) -> None:
    sign_in(client, make_user(role))
    welcome = {Role.EDITOR, Role.MEDICAL_DIRECTOR, Role.ADMINISTRATOR}
    found = letter(client.get(EDITOR_ROOT))
    assert found == (OPENS if role in welcome else REFUSED)


@pytest.mark.parametrize("role", [Role.EDITOR, Role.MEDICAL_DIRECTOR, Role.ADMINISTRATOR])
def test_nobody_keeps_accounts_or_groups_in_the_editor(client: Client, role: Role) -> None:
    user = make_user(role)
    sign_in(client, user)
    assert not user.is_superuser
    home = reverse("wagtailadmin_home")
    for path in ("users/", "groups/", "users/add/", "groups/new/"):
        answer = client.get(EDITOR_ROOT + path)
        turned_away = answer.status_code == 302 and answer["Location"] == home
        assert turned_away or answer.status_code in (403, 404), path
