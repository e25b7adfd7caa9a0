"""Persons, their accounts, the posts of the district and who holds each for how long."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models

from bihuan.kernel.territory.models import Agency, Region


class Role(models.TextChoices):
    """What a post may do; jurisdiction says over what."""

    OFFICE = "office", "安委办工作人员"
    LEADER = "leader", "领导"
    REGULATOR = "regulator", "部门监管人员"
    OFFICER = "officer", "执法人员"
    TOWN = "town", "镇街工作人员"
    GRID = "grid", "网格员"
    PRINCIPAL = "principal", "企业主要负责人"
    SAFETY = "safety", "企业安全管理员"
    EXPERT = "expert", "专家"
    SYSTEM_ADMIN = "system_admin", "系统管理员"
    SECURITY_ADMIN = "security_admin", "安全管理员"
    AUDITOR = "auditor", "审计管理员"


ADMIN_ROLES = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR})
ENTERPRISE_ROLES = frozenset({Role.PRINCIPAL, Role.SAFETY})


class Person(models.Model):
    """A natural person. Hands are compared by person, never by account or role (谁治理谁签名、谁验收谁签名)."""

    name = models.CharField("姓名", max_length=60)
    phone = models.CharField("电话", max_length=30, blank=True)
    certificate_no = models.CharField("执法证号", max_length=40, blank=True)
    certificate_until = models.DateField("执法证有效期", null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Looks accounts up by their name; makes none by itself."""


class User(AbstractBaseUser):
    """An account of a person. There is no superuser and no back door."""

    username = models.CharField("账号", max_length=60, unique=True)
    person = models.OneToOneField(Person, models.PROTECT, related_name="user")
    is_active = models.BooleanField("启用", default=True)
    must_change_password = models.BooleanField("须改密码", default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    def __str__(self) -> str:
        return self.username


class Post(models.Model):
    """A seat: what its holder may do and over what. People come and go, the seat and its duty stay.

    ``object`` is the uid of the supervised object for posts inside an enterprise; objects stand above people, so it is
    a plain column here.
    """

    title = models.CharField("岗位", max_length=80)
    role = models.CharField(max_length=20, choices=Role.choices)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="posts")
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="posts")
    region_path = models.CharField(max_length=200, blank=True)
    sector_paths = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    object = models.UUIDField(null=True, blank=True, db_index=True)
    heads = models.BooleanField("负责人", default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="enterprise_posts_name_their_object",
                condition=models.Q(role__in=["principal", "safety"], object__isnull=False)
                | ~models.Q(role__in=["principal", "safety"]),
            )
        ]

    def __str__(self) -> str:
        return self.title


class Tenure(models.Model):
    """Who held a post from when to when; what was signed is signed by the holder of that day."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="tenures")
    person = models.ForeignKey(Person, models.PROTECT, related_name="tenures")
    since = models.DateField("任职起")
    until = models.DateField("任职止", null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["person"])]


class ApiToken(models.Model):
    """A bearer token, stored only as a hash; ``scope`` narrows what its user may do with it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    digest = models.BinaryField(unique=True)
    scope = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
