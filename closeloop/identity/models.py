"""Who may sign in, and the keys that programs sign in with."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Now, Upper


class UserManager(BaseUserManager["User"]):
    """Finds users by their sign-in name, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """The user of that sign-in name."""
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    """A person who may sign in. What they may do lies in `org`."""

    username = models.TextField(unique=True)
    name = models.TextField()
    initials = models.TextField(default="", help_text="pinyin initials, for search")
    email = models.TextField(default="", blank=True)
    phone = models.TextField(default="", blank=True)
    locale = models.TextField(default="zh-CN")
    theme = models.TextField(default="light")
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    must_change_password = models.BooleanField(default=False)
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField(db_default=Now())

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(Upper("username"), name="user_username_once_any_case"),
            models.CheckConstraint(
                condition=models.Q(locale__in=["zh-CN", "en-US"]), name="user_locale_known"
            ),
            models.CheckConstraint(
                condition=models.Q(theme__in=["light", "dark", "system"]), name="user_theme_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ApiKey(models.Model):
    """A secret with which a program acts as a person; only its hash is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_keys")
    name = models.TextField()
    prefix = models.TextField()
    digest = models.TextField(unique=True)
    created_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField(null=True)
    last_used_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)


class Session(AbstractBaseSession):
    """A browser that is signed in; it knows its person, so that one statement reads both."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
