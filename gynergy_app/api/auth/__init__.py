"""Signing in and out: the only place a session cookie is set.

Every form is a native one. It is posted as a new document, works without JavaScript, and its password is
never in a state or on the socket.
"""

from starlette.routing import Route

from gynergy_app.api.auth import addresses, entrances, exits, leaving, mailed, passwords, providers

routes = [
    Route("/auth/sign-in", entrances.sign_in, methods=["POST"]),
    Route("/auth/sign-up", entrances.sign_up, methods=["POST"]),
    Route("/auth/magic-link", entrances.send_magic_link, methods=["POST"]),
    Route("/auth/anonymous", entrances.start_anonymously, methods=["POST"]),
    Route("/auth/forgot", mailed.forgot, methods=["POST"]),
    Route("/auth/send-again", mailed.send_again, methods=["POST"]),
    Route("/auth/confirm", mailed.show_link, methods=["GET"]),
    Route("/auth/confirm", mailed.follow_link, methods=["POST"]),
    Route("/auth/reset", passwords.reset, methods=["POST"]),
    Route("/auth/password", passwords.change, methods=["POST"]),
    Route("/auth/email", addresses.change, methods=["POST"]),
    Route("/auth/email-again", addresses.send_again, methods=["POST"]),
    Route("/auth/claim", addresses.claim, methods=["POST"]),
    Route("/auth/leave", leaving.leave, methods=["POST"]),
    Route("/auth/stay", leaving.stay, methods=["POST"]),
    Route("/auth/sign-out", exits.sign_out, methods=["POST"]),
    Route("/auth/sign-out-everywhere", exits.sign_out_everywhere, methods=["POST"]),
    Route("/auth/oauth/{provider}", providers.leave, methods=["GET"]),
    Route(providers.RETURN_TO, providers.come_back, methods=["GET"]),
]
