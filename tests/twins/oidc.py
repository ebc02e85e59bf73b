"""An OpenID Connect server as its standards describe it: discovery, code, token, userinfo.

Sources: OpenID Connect Discovery 1.0 and Core 1.0.
"""

from typing import Any
from urllib.parse import urlencode

from tests.twins.loopback import Answer, Asked, Twin

CLIENT_ID, SECRET = "closeloop", "oidc-secret"


class OidcTwin(Twin):
    """A company's single sign-on. `people` are what userinfo says, by subject."""

    routes = {
        "GET /.well-known/openid-configuration": "describe",
        "GET /authorize": "sign_in",
        "POST /token": "give_token",
        "GET /userinfo": "tell_who_signed_in",
    }

    def __init__(self) -> None:
        super().__init__()
        self.people: dict[str, dict[str, Any]] = {}
        self.codes: dict[str, str] = {}
        self.signs_in = ""
        self._tokens: dict[str, str] = {}

    def describe(self, _asked: Asked) -> Any:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def sign_in(self, asked: Asked) -> Any:
        """The page on which `signs_in` says yes; sends the browser back with a code."""
        code = f"code-{len(self.asked)}"
        self.codes[code] = self.signs_in
        back = urlencode({"code": code, "state": asked.query.get("state", "")})
        location = f"{asked.query['redirect_uri']}?{back}"
        return Answer("", status=302, headers={"Location": location})

    def give_token(self, asked: Asked) -> Any:
        given = asked.body
        known = given.get("client_id") == CLIENT_ID and given.get("client_secret") == SECRET
        subject = self.codes.pop(given.get("code", ""), None)
        if not known or subject is None:
            return Answer({"error": "invalid_grant"}, status=400)
        token = f"token-{len(self.asked)}"
        self._tokens[token] = subject
        return {"access_token": token, "token_type": "Bearer", "expires_in": 300}

    def tell_who_signed_in(self, asked: Asked) -> Any:
        subject = self._tokens.get(asked.headers.get("authorization", "").removeprefix("Bearer "))
        if subject is None:
            return Answer({"error": "invalid_token"}, status=401)
        return {"sub": subject, **self.people.get(subject, {})}
