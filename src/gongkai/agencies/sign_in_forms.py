"""What allauth's forms lack."""

from typing import Any

from allauth.account import forms


class ChangePasswordForm(forms.ChangePasswordForm):  # type: ignore[misc]  # allauth has no types
    """Another password indeed: a one-time password can't be kept by typing it again."""

    def clean(self) -> dict[str, Any]:
        """Refuses the old password as the new one."""
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("oldpassword") and cleaned.get("oldpassword") == cleaned.get("password1"):
            self.add_error("password1", "新密码不能与现在的密码相同")
        return cleaned
