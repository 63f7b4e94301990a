"""Who may do what with people and care: each permission is a predicate of a few lines."""

from enum import StrEnum
from typing import Any

from network.enums import LinkRole, Profession, Role
from portal.kit import access, clock


class Perm(StrEnum):
    SEE_PATIENTS = "network.see_patients"
    SEE_PATIENT = "network.see_patient"
    EDIT_PATIENT = "network.edit_patient"
    SEE_OWN_FILE = "network.see_own_file"
    SEE_RCP = "network.see_rcp"
    RECORD_RCP = "network.record_rcp"
    SEE_PROFESSIONALS = "network.see_professionals"
    EDIT_PROFESSIONAL = "network.edit_professional"
    SEE_ACCOUNTS = "network.see_accounts"
    INVITE = "network.invite"
    GRANT_ROLE = "network.grant_role"
    CLOSE_ACCOUNT = "network.close_account"
    VERIFY_RPPS = "network.verify_rpps"
    RESET_FACTOR = "network.reset_factor"
    PROPOSE_BANK_DETAILS = "network.propose_bank_details"
    CONFIRM_BANK_DETAILS = "network.confirm_bank_details"
    READ_JOURNAL = "network.read_journal"
    SET_RCP_QUORUM = "network.set_rcp_quorum"
    WRITE_PLAN = "network.write_plan"
    RECORD_SHARING = "network.record_sharing"
    BREAK_GLASS = "network.break_glass"
    CHECK_GLASS = "network.check_glass"
    ANSWER_QUESTIONS = "network.answer_questions"
    TYPE_ANSWERS = "network.type_answers"
    FOLLOW_QUESTIONNAIRES = "network.follow_questionnaires"
    REFER = "network.refer"
    DECIDE_REQUEST = "network.decide_request"
    READ_REFERRAL = "network.read_referral"
    READ_LETTER = "network.read_letter"
    PLAN_VISITS = "network.plan_visits"
    CONSULT = "network.consult"
    SEE_EVALUATION = "network.see_evaluation"
    EDIT_FOLLOW_UP = "network.edit_follow_up"
    CORRECT_DIRECTORY = "network.correct_directory"
    SEE_PROFESSIONAL_CONTACTS = "network.see_professional_contacts"
    SET_RESERVED_NUMBER = "network.set_reserved_number"
    IMPORT_DIRECTORY = "network.import_directory"


@access.rule(Perm.SEE_PATIENTS)
def see_patients(user: Any, obj: Any) -> bool:
    return user.is_any(Role.CLINICIAN, Role.COORDINATOR, Role.MEDICAL_DIRECTOR)


@access.rule(Perm.SEE_PATIENT)
def see_patient(user: Any, patient: Any) -> bool:
    """Clinicians: those they treat or follow today, or opened for a reason. Coordination: all."""
    if user.is_any(Role.COORDINATOR, Role.MEDICAL_DIRECTOR):
        return True
    if patient is None or not user.is_any(Role.CLINICIAN):
        return False
    return _follows(user, patient) or bool(
        patient.openings_by_reason.open_to(user, clock.now()).exists()
    )


def _follows(user: Any, patient: Any) -> bool:
    """Treats the patient or is in the team today."""
    return bool(
        patient.links.on(clock.today())
        .filter(professional__user=user, role__in=list(LinkRole))
        .exists()
    )


@access.rule(Perm.EDIT_PATIENT)
def edit_patient(user: Any, obj: Any) -> bool:
    return user.is_any(Role.COORDINATOR, Role.MEDICAL_DIRECTOR)


@access.rule(Perm.SEE_OWN_FILE)
def see_own_file(user: Any, obj: Any) -> bool:
    """Patients and the representatives of minors; which files is the rows' concern."""
    return user.is_any(Role.PATIENT)


@access.rule(Perm.SEE_RCP)
def see_rcp(user: Any, obj: Any) -> bool:
    """Clinicians see where they are invited or attended; which files is the rows' concern."""
    return user.is_any(Role.CLINICIAN, Role.COORDINATOR, Role.MEDICAL_DIRECTOR)


@access.rule(Perm.RECORD_RCP)
def record_rcp(user: Any, obj: Any) -> bool:
    return user.is_any(Role.COORDINATOR, Role.MEDICAL_DIRECTOR)


@access.rule(Perm.SEE_PROFESSIONALS)
def see_professionals(user: Any, obj: Any) -> bool:
    return user.is_any(Role.COORDINATOR, Role.MEDICAL_DIRECTOR, Role.ADMINISTRATOR)


@access.rule(Perm.EDIT_PROFESSIONAL)
def edit_professional(user: Any, obj: Any) -> bool:
    """Coordination and administration; never the own sheet, since it opens the right to be paid."""
    if obj is not None and obj.user_id == user.pk:
        return False
    return user.is_any(Role.COORDINATOR, Role.ADMINISTRATOR)


@access.rule(Perm.SEE_ACCOUNTS)
def see_accounts(user: Any, obj: Any) -> bool:
    return user.is_any(Role.ADMINISTRATOR, Role.COORDINATOR)


@access.rule(Perm.INVITE)
def invite(user: Any, role: Any) -> bool:
    """An administrator invites anybody; a coordinator invites clinicians and patients."""
    if user.is_any(Role.ADMINISTRATOR):
        return True
    return user.is_any(Role.COORDINATOR) and role in (None, Role.CLINICIAN, Role.PATIENT)


@access.rule(Perm.GRANT_ROLE)
def grant_role(user: Any, obj: Any) -> bool:
    return user.is_any(Role.ADMINISTRATOR)


@access.rule(Perm.CLOSE_ACCOUNT)
def close_account(user: Any, person: Any) -> bool:
    """An administrator, for anybody else."""
    return user.is_any(Role.ADMINISTRATOR) and person != user


@access.rule(Perm.VERIFY_RPPS)
def verify_rpps(user: Any, professional: Any) -> bool:
    if not user.is_any(Role.ADMINISTRATOR, Role.COORDINATOR):
        return False
    return professional is None or professional.user_id != user.pk


@access.rule(Perm.RESET_FACTOR)
def reset_factor(user: Any, person: Any) -> bool:
    """A second person, never oneself; only an administrator for a member of staff."""
    if person is not None and person == user:
        return False
    if user.is_any(Role.ADMINISTRATOR):
        return True
    if not user.is_any(Role.COORDINATOR):
        return False
    return person is None or person.roles <= {Role.CLINICIAN}


@access.rule(Perm.PROPOSE_BANK_DETAILS)
def propose_bank_details(user: Any, professional: Any) -> bool:
    """The professional for the own account, or an accountant on a paper request."""
    if user.is_any(Role.ACCOUNTANT):
        return True
    if not user.is_any(Role.CLINICIAN):
        return False
    return professional is None or professional.user_id == user.pk


@access.rule(Perm.CONFIRM_BANK_DETAILS)
def confirm_bank_details(user: Any, details: Any) -> bool:
    """An accountant who neither proposed the change nor is paid by it."""
    if not user.is_any(Role.ACCOUNTANT):
        return False
    if details is None:
        return True
    return user.pk not in (details.proposed_by_id, details.professional.user_id)


@access.rule(Perm.READ_JOURNAL)
def read_journal(user: Any, obj: Any) -> bool:
    return user.is_any(Role.ADMINISTRATOR)


@access.rule(Perm.PLAN_VISITS)
def plan_visits(user: Any, obj: Any) -> bool:
    return user.is_any(Role.COORDINATOR, Role.MEDICAL_DIRECTOR)


@access.rule(Perm.CONSULT)
def consult(user: Any, obj: Any) -> bool:
    """Doctors, on their own consultations and the patients whom they follow."""
    if not user.is_any(Role.CLINICIAN):
        return False
    professional = getattr(user, "professional", None)
    return professional is not None and professional.profession == Profession.DOCTOR


@access.rule(Perm.SEE_EVALUATION)
def see_evaluation(user: Any, patient: Any) -> bool:
    """Who may open the patient's clinical pages; which sheets is the rows' concern."""
    if patient is None:
        return user.is_any(Role.CLINICIAN, Role.COORDINATOR, Role.MEDICAL_DIRECTOR)
    return see_patient(user, patient)


@access.rule(Perm.EDIT_FOLLOW_UP)
def edit_follow_up(user: Any, obj: Any) -> bool:
    return user.is_any(Role.COORDINATOR, Role.MEDICAL_DIRECTOR)


@access.rule(Perm.SET_RCP_QUORUM)
def set_rcp_quorum(user: Any, obj: Any) -> bool:
    """How many make a discussion valid is a medical decision."""
    return user.is_any(Role.MEDICAL_DIRECTOR)


@access.rule(Perm.WRITE_PLAN)
def write_plan(user: Any, patient: Any) -> bool:
    """Coordination; clinicians for those they treat or follow today, not by break-glass."""
    if user.is_any(Role.COORDINATOR, Role.MEDICAL_DIRECTOR):
        return True
    if not user.is_any(Role.CLINICIAN):
        return False
    return patient is None or _follows(user, patient)


@access.rule(Perm.RECORD_SHARING)
def record_sharing(user: Any, patient: Any) -> bool:
    """Whoever may write the plan records what the patient says of sharing."""
    return write_plan(user, patient)


@access.rule(Perm.BREAK_GLASS)
def break_glass(user: Any, obj: Any) -> bool:
    """Clinicians known as professionals of care; not those who come from outside of care."""
    professional = getattr(user, "professional", None)
    return user.is_any(Role.CLINICIAN) and professional is not None and not professional.circle


@access.rule(Perm.CHECK_GLASS)
def check_glass(user: Any, obj: Any) -> bool:
    return user.is_any(Role.COORDINATOR, Role.MEDICAL_DIRECTOR)


@access.rule(Perm.ANSWER_QUESTIONS)
def answer_questions(user: Any, obj: Any) -> bool:
    """Patients and representatives, for the files that are theirs."""
    return user.is_any(Role.PATIENT)


@access.rule(Perm.TYPE_ANSWERS)
def type_answers(user: Any, obj: Any) -> bool:
    """Whoever may answer: patients, and the coordination from a patient's paper."""
    return user.is_any(Role.PATIENT, Role.COORDINATOR, Role.MEDICAL_DIRECTOR)


@access.rule(Perm.FOLLOW_QUESTIONNAIRES)
def follow_questionnaires(user: Any, obj: Any) -> bool:
    """Send, see how far each is, take alerts in charge."""
    return user.is_any(Role.COORDINATOR, Role.MEDICAL_DIRECTOR)


@access.rule(Perm.REFER)
def refer(user: Any, obj: Any) -> bool:
    """Clinicians ask for a patient's inclusion; each sees the own referrals alone."""
    return user.is_any(Role.CLINICIAN)


@access.rule(Perm.DECIDE_REQUEST)
def decide_request(user: Any, obj: Any) -> bool:
    return user.is_any(Role.COORDINATOR, Role.MEDICAL_DIRECTOR)


@access.rule(Perm.READ_REFERRAL)
def read_referral(user: Any, obj: Any) -> bool:
    """Who wrote, decides or treats; which referrals is the rows' concern."""
    return user.is_any(Role.CLINICIAN, Role.COORDINATOR, Role.MEDICAL_DIRECTOR)


@access.rule(Perm.READ_LETTER)
def read_letter(user: Any, obj: Any) -> bool:
    """Those to whom letters go, and coordination; which letters is the rows' concern."""
    return read_referral(user, obj) or user.is_any(Role.PATIENT)


@access.rule(Perm.CORRECT_DIRECTORY)
def correct_directory(user: Any, obj: Any) -> bool:
    """A wait, a verification, a remark: coordination. The rest of a sheet is in the editor."""
    return user.is_any(Role.COORDINATOR, Role.MEDICAL_DIRECTOR)


@access.rule(Perm.SEE_PROFESSIONAL_CONTACTS)
def see_professional_contacts(user: Any, obj: Any) -> bool:
    """Lines and papers that structures give to those who refer."""
    return user.is_any(Role.CLINICIAN, Role.COORDINATOR, Role.MEDICAL_DIRECTOR)


@access.rule(Perm.SET_RESERVED_NUMBER)
def set_reserved_number(user: Any, obj: Any) -> bool:
    """The number of a line kept for verified professionals: never in the editor."""
    return user.is_any(Role.ADMINISTRATOR)


@access.rule(Perm.IMPORT_DIRECTORY)
def import_directory(user: Any, obj: Any) -> bool:
    """Those who may write every sheet one by one."""
    return user.is_any(Role.EDITOR, Role.COORDINATOR, Role.MEDICAL_DIRECTOR)
