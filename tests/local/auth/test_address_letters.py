"""What the mails about an address say, to whom."""

from gynergy_app.local import kept_mail
from gynergy_app.local.kept_mail import KeptMail
from tests.local.auth.conftest import Configured
from tests.supabase import SITE, Supabase, an_address


async def letter_to(supabase: Supabase, address: str) -> KeptMail:
    (mail,) = await kept_mail.wait_for(supabase.mails, to=address)
    return mail


async def test_both_mailboxes_read_which_address_becomes_which_and_that_both_have_to_agree(
    supabase: Supabase,
):
    old, new = an_address(), an_address("anabel")
    client = await supabase.confirmed(old)
    await client.auth.update_user({"email": new})

    for address in (old, new):
        letter = await letter_to(supabase, address)
        words = " ".join(letter.text.split())
        assert f"to change from {old} to {new}. Both mailboxes have to agree" in words
        assert f"this is the link for {address}" in words
        assert f"from {old} to {new}" in letter.html


async def test_only_the_old_mailbox_is_led_to_a_new_password_should_it_not_have_asked(supabase: Supabase):
    old, new = an_address(), an_address("anabel")
    client = await supabase.confirmed(old)
    await client.auth.update_user({"email": new})

    told, other = await letter_to(supabase, old), await letter_to(supabase, new)

    assert told.links[1:] == [f"{SITE}/forgot-password"]
    assert f'<a href="{SITE}/forgot-password"' in told.html
    assert len(other.links) == 1
    assert "If you did not ask for it" in other.text


async def test_a_first_address_changes_nothing_and_is_not_called_a_change(supabase: Supabase):
    client, email = supabase.client(), an_address()
    await client.auth.sign_in_anonymously()
    await client.auth.update_user({"email": email})

    letter = await letter_to(supabase, email)

    assert letter.subject == "Your pages get an address"
    assert "change of address" not in letter.text
    assert "type=email_change" in letter.links[0]


async def test_where_one_mailbox_is_enough_it_is_said_so(configured: Configured):
    supabase = await configured(mailer_secure_email_change_enabled=False)
    old, new = an_address(), an_address("anabel")
    client = await supabase.confirmed(old)
    await client.auth.update_user({"email": new})

    letter = await letter_to(supabase, new)

    assert "This link is all that is needed" in letter.text
    assert "Both" not in letter.text
