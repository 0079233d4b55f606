"""Logging in and out, where the server has accounts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, cast

import anyio
from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response

from riwaya.settings.web import WEB
from riwaya.web.accounts import TooManyLoginsError
from riwaya.web.guard import cookie_name
from riwaya.web.render import render
from riwaya.web.request import PageError, back, flash, guarded
from riwaya.web.security import inside

if TYPE_CHECKING:
    from riwaya.web.accounts import Accounts

router = APIRouter()


@dataclass(frozen=True, slots=True)
class LoginPage:
    """The form to log in.

    name: as it was typed, when it did not do.
    after: the address within the application where the reader was going.
    token: whether the server's token may stand in the place of a password.
    failed: that name and password do not belong together.
    """

    name: str
    after: str
    token: bool
    failed: bool


@router.get("/login", include_in_schema=False)
def form(request: Request, next: str = "/") -> Response:  # noqa: A002 - the name that browsers' managers of passwords know
    """Show the form."""
    return render(request, "login.html.j2", LoginPage("", inside(next), _accounts(request).has_token, failed=False))


async def slow_down(request: Request) -> None:
    """Let an attempt at an account at which many guess wait; it takes no thread meanwhile."""
    accounts = request.app.state.accounts
    name = (await request.form()).get("name", "")
    if accounts is not None and isinstance(name, str):
        await anyio.sleep(accounts.delay(name))


@router.post("/login", include_in_schema=False, dependencies=[Depends(slow_down)])
def login(
    request: Request,
    name: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = "/",  # noqa: A002 - as above
) -> Response:
    """Begin a session, if name and password belong together."""
    accounts = _accounts(request)
    address = request.client.host if request.client else ""
    try:
        secret = accounts.login(name, password, address)
    except TooManyLoginsError as error:
        raise PageError(
            429, "too_many", "login.too_many", retry_after=int(error.wait) + 1, minutes=int(error.wait // 60) + 1
        ) from None
    if secret is None:
        page = LoginPage(name[:100], inside(next), accounts.has_token, failed=True)
        return render(request, "login.html.j2", page, status=401)
    mine = guarded(request)
    mine.set_cookies[cookie_name("session", mine.secure)] = (secret, int(WEB.session_hours * 3600))
    return back(request, next)


@router.post("/logout", include_in_schema=False)
def logout(request: Request) -> Response:
    """End the session."""
    mine = guarded(request)
    _accounts(request).logout(mine.session)
    mine.set_cookies[cookie_name("session", mine.secure)] = ("", 0)
    flash(request, "login.out")
    response = back(request, "/login")
    response.headers["clear-site-data"] = '"cache"'  # whoever uses this browser next does not page back to what was read
    return response


def _accounts(request: Request) -> Accounts:
    accounts = request.app.state.accounts
    if accounts is None:  # on loopback there is nothing to log in to
        raise PageError(404, "not_found", "error.not_found")
    return cast("Accounts", accounts)
