"""What signing in and managing people may be refused for."""

from closeloop.engine.refusals import Refusal, RefusalKind


class SignInFailed(Refusal):
    """Check the sign-in name and the password; your administrator can set a new password.

    The same for an unknown name, a wrong password and a closed account.
    """

    code = "sign_in_failed"
    kind = RefusalKind.FORBIDDEN
    status = 401


class SignInLocked(Refusal):
    """Wait for the minutes given, then try again; your administrator can set a new password.

    `data`: wait_minutes.
    """

    code = "sign_in_locked"
    kind = RefusalKind.RATE_LIMITED


class CurrentPasswordWrong(Refusal):
    """Type the password with which you signed in."""

    code = "current_password_wrong"
    kind = RefusalKind.INVALID


class PasswordTooWeak(Refusal):
    """Choose another password: what is wrong with this one is listed.

    `data`: errors (field, code, min_length).
    """

    code = "password_too_weak"
    kind = RefusalKind.INVALID


class PasswordChangeDue(Refusal):
    """Set a new password of your own first; the one you have was given by somebody else."""

    code = "password_change_due"
    kind = RefusalKind.FORBIDDEN


class UsernameTaken(Refusal):
    """Choose another sign-in name; upper and lower case count as the same.

    `data`: username, errors.
    """

    code = "username_taken"
    kind = RefusalKind.CONFLICT


class UserNotFound(Refusal):
    """Choose a person from the list."""

    code = "user_not_found"
    kind = RefusalKind.NOT_FOUND


class KeyNotFound(Refusal):
    """Choose one of your own API keys."""

    code = "key_not_found"
    kind = RefusalKind.NOT_FOUND


class NeedsOwnSession(Refusal):
    """Sign in with your password for this; an API key cannot change keys or passwords."""

    code = "needs_own_session"
    kind = RefusalKind.FORBIDDEN
