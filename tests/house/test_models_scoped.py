"""Each model says whose rows a person may see, or is listed here with what protects it instead."""

from django.apps import apps
from django.db.models import Model

OURS = ("network", "etp", "training", "fees", "home")
WITHOUT_ROWS_OF_ONE = {
    "network.User": "accounts: the pages of coordination and administration, by permission",
    "network.RoleGrant": "accounts, with network.User",
    "network.Invitation": "accounts: who invites sees the invitations, by permission",
    "network.Professional": "directory: professional data, open to those who hold a permission",
    "network.BankDetails": "the owner's by their account; accountancy's by permission",
    "network.Structure": "reference: hospital sites, public",
    "network.CareLink": "read through its patient",
    "network.AldPeriod": "read through its patient",
    "network.Representative": "read through its patient",
    "network.PathwayStep": "read through its patient",
    "network.SharingConsent": "read through its patient",
    "network.ConsultationSite": "reference: where the network consults",
    "network.ConsultationSlot": "coordination, by permission: hours of doctors, without patient",
    "network.Visit": "read through its patient, or by its doctor",
    "network.Orientation": "read through its evaluation",
    "network.EvaluationAddendum": "read through its evaluation",
    "network.LiaisonLetter": "read through its evaluation",
    "network.ContactAttempt": "read through its patient, by coordination",
    "network.DistinctFiles": "read through its patients",
    "network.RcpAttendance": "read through its file",
    "network.PaperPlan": "read through its file",
    "network.JournalEntry": "administration, by permission",
    "network.OutboxMessage": "technical: read by the delivery task, and in the demo",
    "fees.ActStep": "read through its act",
    "fees.GrantedSlot": "read through its patient: a count, without its reason",
    "fees.TariffLine": "reference: the network's fee table",
    "fees.PolicyVersion": "reference: the reading of the fee table",
    "fees.Envelope": "accountancy, by permission",
    "fees.ClaimLine": "read through its claim",
    "fees.ClaimStep": "read through its claim",
    "fees.ControlRun": "accountancy, by permission",
    "fees.StatementLine": "read through its file",
    "fees.Difference": "read through its file",
    "fees.DifferenceStep": "read through its difference",
    "fees.ColumnMemory": "read through the files of its sender",
    "fees.SpotRate": "accountancy and administration, by permission",
    "fees.SpotCheck": "accountancy, by permission",
    "fees.BookEntry": "accountancy, by permission",
    "fees.Closing": "accountancy, by permission",
    "fees.ClosedAccount": "read through its closing",
    "fees.ClosedKind": "read through its closing",
    "fees.Batch": "accountancy, by permission",
    "fees.TransferLine": "read through its transfer",
    "fees.PaymentStep": "read through its batch",
    "etp.Facilitator": "reference: who gives workshops; coordination, by permission",
    "etp.Programme": "reference: coordination, by permission",
    "etp.Workshop": "to patients through its openings; coordination, by permission",
    "etp.Site": "reference: where sessions are held",
    "etp.Cycle": "read through its sessions",
    "etp.Objective": "read through its assessment",
    "etp.ObjectiveRating": "read through its objective",
    "etp.Feedback": "read through its place",
    "etp.Evaluation": "read through its assessment",
    "etp.PlaceStep": "read through its place",
    "network.Response": "read through its questionnaire",
    "network.ItemAnswer": "read through its questionnaire",
    "network.AnswerAlert": "read through its questionnaire",
    "network.PersonalLink": "a hash: opened by its secret and a birth date",
    "training.WebinarPage": "public page",
    "training.WebinarIndexPage": "public page",
    "training.TrainingIndexPage": "public page",
    "training.ModulePage": "public summary; its tests are in published versions",
    "training.VignettePage": "public summary; its steps are in published versions",
    "training.LessonPage": "to who may learn, by permission",
    "training.EvidenceCard": "reference: quoted once a question is answered",
    "training.ClinicalTool": "reference: its text only under a licence",
    "training.Expert": "reference: a name or a function, with declared interests",
    "training.Objective": "reference: public with its page",
    "training.CaseVersion": "read through a run, a step at a time",
    "training.ItemVersion": "read through a run, or as figures by permission",
    "training.CaseItem": "read through its version",
    "training.SignOff": "technical: whether a content may be published",
    "training.ScientificReview": "technical: a task of the editor's workflow",
    "training.EditorialReview": "technical: a task of the editor's workflow",
    "training.Answer": "read through its run",
    "training.Tally": "figures alone, hidden when few",
    "training.LessonRead": "read through its enrolment",
    "training.ReturnPause": "the learner's own, by account",
    "training.TrainingBody": "administration, by permission",
    "training.ItemSummary": "figures alone, by permission",
    "training.CardChange": "committee, by permission",
    "network.RcpInvitation": "read through its meeting",
    "network.RcpMinutes": "read through its file",
    "network.RcpCopy": "read through its minutes",
    "network.RcpQuorum": "reference: a setting of the network",
    "network.PlanProblem": "read through its version",
    "network.PlanObjective": "read through its version",
    "network.PlanAction": "read through its version",
    "network.PlanAgreement": "read through its version",
    "home.HomePage": "public page",
    "home.StandardPage": "public page",
}


def scoped(model: type[Model]) -> bool:
    return hasattr(model._default_manager, "visible_to")


def test_every_model_scopes_its_rows_or_says_why_not() -> None:
    models = {
        model._meta.label: model
        for room in OURS
        for model in apps.get_app_config(room).get_models()
    }
    without = {label for label, model in models.items() if not scoped(model)}
    assert without == set(WITHOUT_ROWS_OF_ONE)
