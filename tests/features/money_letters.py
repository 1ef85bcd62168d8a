"""One letter of each kind about money, for the tests of all letters."""

from datetime import UTC, date, datetime

from gynergy_app.emails import money_letters
from gynergy_app.emails.letters import Letter

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
RULE = "In full, on request, until the end of day 9 of your session."
MONDAY = date(2026, 12, 7)
FULL, MONTH, ZONE = "$997.00", "$39.95", "Europe/Lisbon"
ORDER, RESUME = "GY-4F6B1F2E", "https://buy.stripe.com/r/live_Y1dN"

MONEY: dict[str, Letter] = {
    "purchase_made": money_letters.PurchaseMade("Ana", ORDER, FULL, "ana@example.com", False, RULE),
    "purchase_made_by_guest": money_letters.PurchaseMade("", ORDER, FULL, "guest@example.com", True, RULE),
    "friend_codes": money_letters.FriendCodes("Ana", ["FRIEND-ABC234", "FRIEND-XYZ789"], NOON, ZONE),
    "payment_did_not_come": money_letters.PaymentDidNotCome("Ana", FULL),
    "checkout_expired": money_letters.CheckoutExpired("Ana", FULL, True, RESUME),
    "checkout_expired_of_guest": money_letters.CheckoutExpired("", FULL, False, RESUME),
    "place_open": money_letters.PlaceOpen("Ana", "Date Zero Gratitude", MONDAY, has_access=True),
    "place_open_to_buy": money_letters.PlaceOpen("Ana", "Date Zero Gratitude", MONDAY, has_access=False),
    "refund_whole": money_letters.RefundMade("Ana", FULL, is_whole=True),
    "refund_part": money_letters.RefundMade("", "$100.00", is_whole=False),
    "refund_failed": money_letters.RefundFailed("Ana", FULL),
    "payment_returned": money_letters.PaymentReturned("Ana", "$9.00"),
    "renewal_failed": money_letters.RenewalFailed("Ana", MONTH, NOON, ZONE),
    "renewal_coming": money_letters.RenewalComing("Ana", "$399.00", NOON, ZONE),
    "subscription_begun": money_letters.SubscriptionBegun("Ana", MONTH, "month", None, NOON, ZONE),
    "subscription_begun_in_a_trial": money_letters.SubscriptionBegun("Ana", MONTH, "month", NOON, NOON, ZONE),
    "trial_ending": money_letters.TrialEnding("Ana", MONTH, "month", NOON, ZONE),
    "subscription_ending": money_letters.SubscriptionEnding("Ana", NOON, ZONE),
    "subscription_ended": money_letters.SubscriptionEnded("Ana"),
    "friend_code_used": money_letters.FriendCodeUsed("Ana", "FRIEND-ABC234", "", NOON, ZONE),
    "friend_code_used_by_ben": money_letters.FriendCodeUsed("Ana", "FRIEND-ABC234", "Ben", NOON, ZONE),
    "friend_codes_ending": money_letters.FriendCodesEnding(
        "Ana", ["FRIEND-ABC234", "FRIEND-XYZ789"], NOON, ZONE
    ),
    "friend_code_ending": money_letters.FriendCodesEnding("Ana", ["FRIEND-ABC234"], NOON, ZONE),
    "place_given": money_letters.PlaceGiven("Ben", "Aurora", MONDAY, has_begun=False),
    "place_given_during": money_letters.PlaceGiven("Ben", "Aurora", MONDAY, has_begun=True),
    "place_given_without_start": money_letters.PlaceGiven("", "", None, has_begun=False),
    "card_expires": money_letters.CardExpires("Ana", "4242", "December 2026"),
}
