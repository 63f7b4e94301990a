"""Sign-in: password and second factor for professionals, a code by mail for patients."""

AUTH_USER_MODEL = "network.User"
AUTHENTICATION_BACKENDS = [
    "portal.kit.access.RuleBackend",
    "network.backends.AccountBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:dashboard"
LOGOUT_REDIRECT_URL = "/"

AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

ACCOUNT_ADAPTER = "network.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "network.forms.sign_in.SignInForm",
    "request_login_code": "network.forms.sign_in.AskCodeForm",
    "reset_password": "network.forms.sign_in.LostPasswordForm",
}

ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}

# Keyed on the client's address as our own proxies wrote it, and on what is attacked.
# Twelve codes a day, three tries each: 36 chances in a million to guess one.
ALLAUTH_TRUSTED_PROXY_COUNT = 0  # production says how many stand before it
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "20/m/ip,3/5m/key,12/d/key",
    "login_failed": "10/m/ip,5/5m/key,50/d/key",
    "personal_link": "20/m/ip,100/h/ip",
}

MFA_ADAPTER = "network.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # a passkey alone is then two factors
MFA_TOTP_ISSUER = "Ariane"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "network.forms.sign_in.FactorForm",
    "reauthenticate": "network.forms.sign_in.FactorAgainForm",
}
SOCIALACCOUNT_ADAPTER = "network.adapters.ProviderAdapter"
