"""Every path of the auth server on one screen."""

from starlette.routing import Route

from gynergy_app.local.auth.call import answering
from gynergy_app.local.auth.routes import admin, discovery, mail, mfa, sign_in, sign_up, user, verify

ROUTES = [
    Route("/health", answering(discovery.health)),
    Route("/settings", answering(discovery.settings)),
    Route("/.well-known/jwks.json", answering(discovery.jwks)),
    Route("/authorize", answering(discovery.authorize)),
    Route("/signup", answering(sign_up.sign_up), methods=["POST"]),
    Route("/token", answering(sign_in.token), methods=["POST"]),
    Route("/logout", answering(sign_in.sign_out), methods=["POST"]),
    Route("/otp", answering(mail.one_time_password), methods=["POST"]),
    Route("/magiclink", answering(mail.magic_link), methods=["POST"]),
    Route("/recover", answering(mail.recover), methods=["POST"]),
    Route("/resend", answering(mail.resend), methods=["POST"]),
    Route("/reauthenticate", answering(mail.reauthenticate), methods=["GET"]),
    Route("/verify", answering(verify.redirect), methods=["GET"]),
    Route("/verify", answering(verify.verify), methods=["POST"]),
    Route("/user", answering(user.show), methods=["GET"]),
    Route("/user", answering(user.update), methods=["PUT"]),
    Route("/factors", answering(mfa.enrol), methods=["POST"]),
    Route("/factors/{factor_id:uuid}", answering(mfa.remove), methods=["DELETE"]),
    Route("/factors/{factor_id:uuid}/challenge", answering(mfa.challenge), methods=["POST"]),
    Route("/factors/{factor_id:uuid}/verify", answering(mfa.verify), methods=["POST"]),
    Route("/invite", answering(admin.invite), methods=["POST"]),
    Route("/admin/generate_link", answering(admin.generate_link), methods=["POST"]),
    Route("/admin/users", answering(admin.list_users), methods=["GET"]),
    Route("/admin/users", answering(admin.create_user), methods=["POST"]),
    Route("/admin/users/{user_id:uuid}", answering(admin.show_user), methods=["GET"]),
    Route("/admin/users/{user_id:uuid}", answering(admin.update_user), methods=["PUT"]),
    Route("/admin/users/{user_id:uuid}", answering(admin.delete_user), methods=["DELETE"]),
    Route("/admin/users/{user_id:uuid}/factors", answering(mfa.list_factors), methods=["GET"]),
    Route(
        "/admin/users/{user_id:uuid}/factors/{factor_id:uuid}",
        answering(mfa.delete_factor),
        methods=["DELETE"],
    ),
]
