"""Forget the demo's people, in demo mode only; pages and dated rules stay."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from etp import models as etp
from fees.models import (
    Act,
    ActStep,
    BankColumns,
    BankFile,
    BankLine,
    BankMatch,
    BankStatement,
    BankStep,
    Batch,
    BookEntry,
    CardExplanation,
    Claim,
    ClaimLine,
    ClaimStep,
    ClosedAccount,
    ClosedKind,
    Closing,
    ColumnMemory,
    ControlRun,
    Difference,
    DifferenceStep,
    Envelope,
    GrantedSlot,
    PaymentStep,
    PolicyVersion,
    ReconcileRule,
    SpotCheck,
    SpotRate,
    StatementFile,
    StatementLine,
    TariffLine,
    Transfer,
    TransferLine,
)
from home.demo_data.load import refuse_outside_demo
from home.models import Computation
from network import models as network
from network.models import User
from training import models as training

ERASED = (
    Computation,
    etp.AbsenceCall,
    etp.Feedback,
    etp.CalendarFeed,
    etp.Evaluation,
    etp.ObjectiveRating,
    etp.Objective,
    etp.Opening,
    etp.Assessment,
    etp.PlaceStep,
    etp.Place,
    etp.Wait,
    etp.CycleWait,
    etp.Session,
    etp.Cycle,
    etp.Workshop,
    etp.Programme.team.through,
    etp.Programme,
    etp.Site,
    etp.Facilitator,
    training.SurveyAnswer,
    training.SurveyCall,
    training.ReplayAnswer,
    training.ReplayQuestion,
    training.Viewing,
    training.ReplayPart,
    training.Replay,
    training.Stay,
    training.AttendanceFile,
    training.BalanceMove,
    training.Payout,
    training.Invoice,
    training.InvoiceYear,
    training.CardRefund,
    training.CardPayment,
    training.CardEvent,
    training.Registration,
    training.DateWish,
    training.LessonRead,
    training.Attestation,
    training.Enrolment,
    training.ReturnPause,
    training.Return,
    training.Answer,
    training.Tally,
    training.ItemSummary,
    training.Run,
    training.SignOff,
    GrantedSlot,
    ClosedAccount,
    ClosedKind,
    Closing,
    SpotCheck,
    SpotRate,
    ControlRun,
    ReconcileRule,
    CardExplanation,
    BankStep,
    BankMatch,
    BankLine,
    BankStatement,
    BankFile,
    BankColumns,
    BookEntry,
    PaymentStep,
    TransferLine,
    Transfer,
    Batch,
    Envelope,
    DifferenceStep,
    Difference,
    StatementLine,
    StatementFile,
    ColumnMemory,
    ClaimStep,
    ClaimLine,
    Claim,
    ActStep,
    Act,
    network.AnswerAlert,
    network.ItemAnswer,
    network.Response,
    network.Questionnaire,
    network.PersonalLink,
    network.JournalEntry,
    network.LiaisonLetter,
    network.EvaluationAddendum,
    network.Orientation,
    network.Evaluation,
    network.Visit,
    network.ConsultationSlot,
    network.ConsultationSite,
    network.ContactAttempt,
    network.PaperPlan,
    network.RcpCopy,
    network.RcpMinutes,
    network.RcpProposal,
    network.PlanAgreement,
    network.PlanAction,
    network.PlanObjective,
    network.PlanProblem,
    network.PlanVersion,
    network.BreakGlass,
    network.RcpAttendance,
    network.RcpInvitation,
    network.RcpFile,
    network.RcpMeeting,
    network.Representative,
    network.Invitation,
    network.AldPeriod,
    network.CareLink,
    network.BankDetails,
    network.RequestLetter,
    network.DistinctFiles,
    network.Attachment,
    network.Referral,
    network.SharingConsent,
    network.PathwayStep,
    network.FormerFollowUp,
    network.Patient,
    network.Professional,
    network.OutboxMessage,
    network.LineDay,
    network.LineHours,
    network.PhoneLine,
    network.Resource,
    network.SearchMiss,
    network.WaitReading,
    network.StructureRemark,
    network.Structure,
    network.RoleGrant,
)


APPEND_ONLY = (
    ActStep,
    BankStep,
    Batch,
    BookEntry,
    ClaimStep,
    ClosedAccount,
    ClosedKind,
    Closing,
    DifferenceStep,
    PaymentStep,
    network.JournalEntry,
    network.PathwayStep,
    network.Questionnaire,
    network.Response,
    network.ItemAnswer,
    training.Answer,
    training.SignOff,
    training.Invoice,
    etp.PlaceStep,
    etp.ObjectiveRating,
    etp.Assessment,
    etp.Objective,
    network.Evaluation,
    network.Orientation,
    network.EvaluationAddendum,
    network.ContactAttempt,
    network.RcpMinutes,
    network.PlanAgreement,
    network.PlanAction,
    network.PlanObjective,
    network.PlanProblem,
    network.PlanVersion,
)


def wipe_demo() -> int:
    """Erase everybody and what they did; return how many accounts there were."""
    refuse_outside_demo()
    with transaction.atomic(), append_only_lifted(*APPEND_ONLY):
        accounts = User.objects.count()
        for dated in (TariffLine, PolicyVersion, network.RcpQuorum):
            dated.objects.update(recorded_by=None)
        Act.objects.update(replaces=None)
        for model in ERASED:
            rows = model._base_manager.all()
            rows._raw_delete(rows.db)
        User.objects.all().delete()
    return accounts


@contextmanager
def append_only_lifted(*models: type) -> Iterator[None]:
    """Lift the triggers that keep these tables from shrinking, and put them back."""
    tables = [model._meta.db_table for model in models]  # type: ignore[attr-defined]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # what waits to be checked at the end of the transaction would forbid to alter a table
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            yield
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            return
        marks = ", ".join(["%s"] * len(tables))
        cursor.execute(
            "SELECT name, sql FROM sqlite_master"  # noqa: S608
            f" WHERE type = 'trigger' AND tbl_name IN ({marks})",
            tables,
        )
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        yield
        for _, sql in triggers:
            cursor.execute(sql)
