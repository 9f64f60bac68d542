"""The login of a person. What it may do follows from the person's appointments, never from the login itself."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils.crypto import salted_hmac

from gongkai.agencies.models.people import Person
from gongkai.kernel.clock import now
from gongkai.kernel.models import Record


class UserManager(BaseUserManager["User"]):
    """Makes users by name."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """A user who may sign in once a second factor is set up."""
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(Record, AbstractBaseUser, PermissionsMixin):
    """A login (账号) of a person. `is_superuser` comes with Django and is never set: no account is above the law.

    Until `one_time_until` it has a password that the security administrator gave out, good for nothing but choosing
    one's own. Raising `sessions_ended` ends every session that was begun before.
    """

    username = models.CharField("用户名", max_length=40, unique=True)
    person = models.OneToOneField(Person, models.PROTECT, null=True, blank=True, related_name="user")
    is_active = models.BooleanField("启用", default=True)
    joined_at = models.DateTimeField("创建时间", default=now)
    one_time_until = models.DateTimeField("一次性密码有效期", null=True, blank=True)
    sessions_ended = models.PositiveIntegerField(default=0, editable=False)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(is_superuser=False), name="user_never_superuser")]

    def __str__(self) -> str:
        return self.username

    @property
    def is_staff(self) -> bool:
        """Wagtail and Django ask for it; everybody with a login works for an agency."""
        return self.is_active

    @property
    def has_second_factor(self) -> bool:
        """Whether a second factor is set up; told of users from `accounts.with_second_factor`."""
        return bool(getattr(self, "second_factor_found", False))

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session holds of the account: it ends when the password or the count of endings changes."""
        text = f"{self.password}\0{self.sessions_ended}"
        return salted_hmac("gongkai.agencies.session", text, secret=secret, algorithm="sha256").hexdigest()
