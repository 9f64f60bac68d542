"""What a password must be, told in Chinese: Django's translations are incomplete."""

from django.contrib.auth import password_validation


class LongEnough(password_validation.MinimumLengthValidator):
    """Length is what counts."""

    def get_error_message(self) -> str:
        """What is wrong."""
        return f"密码太短，至少{self.min_length}个字符"


class NotCommon(password_validation.CommonPasswordValidator):
    """None of the twenty thousand that are tried first."""

    def get_error_message(self) -> str:
        """What is wrong."""
        return "这个密码太常见，容易被猜到"


class UnlikeTheName(password_validation.UserAttributeSimilarityValidator):
    """Not the user's name with a digit behind it."""

    def get_error_message(self) -> str:
        """What is wrong."""
        return "密码与用户名太相似"
