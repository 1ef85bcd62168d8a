create or replace trigger create_user_referral_code
    after insert on public.users
    for each row execute function private.create_user_referral_code();
