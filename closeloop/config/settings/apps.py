"""Which applications run and where their pieces are found."""

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "procrastinate.contrib.django",
    "closeloop.edge",
    "closeloop.identity",
    "closeloop.activity",
    "closeloop.org",
    "closeloop.records",
    "closeloop.fields",
    "closeloop.files",
    "closeloop.tasks",
    "closeloop.notices",
    "closeloop.privacy",
    "closeloop.documents",
    "closeloop.behaviour",
    "closeloop.recognition",
    "closeloop.language",
    "closeloop.sla",
    "closeloop.pool",
    "closeloop.approvals",
    "closeloop.routing",
    "closeloop.scoring",
    "closeloop.process",
    "closeloop.desk",
    "closeloop.customers",
    "closeloop.products",
    "closeloop.deals",
    "closeloop.leads",
    "closeloop.customrecords",
    "closeloop.fieldwork",
    "closeloop.playbooks",
    "closeloop.transfer",
    "closeloop.integrations",
    "closeloop.capture",
    "closeloop.nurture",
    "closeloop.conversations",
    "closeloop.phonecheck",
    "closeloop.support",
    "closeloop.agenda",
    "closeloop.saleslog",
    "closeloop.metrics",
    "closeloop.designer",
    "closeloop.demo",
    "closeloop.config",
]
AUTH_USER_MODEL = "identity.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "closeloop.config.urls"
WSGI_APPLICATION = "closeloop.config.wsgi.application"
TEMPLATES: list[dict[str, object]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
NINJA_PAGINATION_MAX_LIMIT = 100
