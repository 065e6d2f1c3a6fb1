-- Signing in: failed tries, second factors, recovery codes, links to set a new password.
-- :row SecondFactor user_name:text, secret:blob, confirmed_at:instant?, last_step:int
-- :row PasswordReset hash:text, user_name:text, made_by:text, ends_at:instant, used_at:instant?

-- :name sign_in_failures :one
-- :in name:text, address:text, since:instant
-- :out tries:int
SELECT count(*) AS tries FROM sign_in_failure WHERE name = :name AND address = :address AND at > :since;

-- :name sign_in_failure_add :exec
-- :in name:text, address:text, at:instant
INSERT INTO sign_in_failure (name, address, at) VALUES (:name, :address, :at);

-- :name sign_in_failures_drop :count
-- :in before:instant
DELETE FROM sign_in_failure WHERE at < :before;

-- :name second_factor_by_user :one
-- :in user_name:text
-- :out SecondFactor
SELECT user_name, secret, confirmed_at, last_step FROM second_factor WHERE user_name = :user_name;

-- Who signs in with one.
-- :name second_factors_on :many
-- :out user_name:text
SELECT user_name FROM second_factor WHERE confirmed_at IS NOT NULL ORDER BY user_name;

-- :name second_factor_add :exec
-- :in SecondFactor
INSERT INTO second_factor (user_name, secret, confirmed_at, last_step)
VALUES (:user_name, :secret, :confirmed_at, :last_step);

-- Holds the person's row until the transaction ends, so that codes that are sent at once are looked at one by one.
-- :name second_factor_hold :count
-- :in user_name:text
UPDATE second_factor SET last_step = last_step WHERE user_name = :user_name;

-- A code is good once: nothing changes where this step, or a later one, was used.
-- :name second_factor_step :count
-- :in user_name:text, step:int
UPDATE second_factor SET last_step = :step WHERE user_name = :user_name AND last_step < :step;

-- :name second_factor_confirm :count
-- :in user_name:text, at:instant
UPDATE second_factor SET confirmed_at = :at WHERE user_name = :user_name AND confirmed_at IS NULL;

-- :name second_factor_drop :count
-- :in user_name:text
DELETE FROM second_factor WHERE user_name = :user_name;

-- :name recovery_code_add :exec
-- :in hash:text, user_name:text, used_at:instant?
INSERT INTO recovery_code (hash, user_name, used_at) VALUES (:hash, :user_name, :used_at);

-- :name recovery_code_use :count
-- :in hash:text, user_name:text, at:instant
UPDATE recovery_code SET used_at = :at WHERE hash = :hash AND user_name = :user_name AND used_at IS NULL;

-- :name recovery_codes_left :one
-- :in user_name:text
-- :out codes:int
SELECT count(*) AS codes FROM recovery_code WHERE user_name = :user_name AND used_at IS NULL;

-- :name recovery_codes_drop :count
-- :in user_name:text
DELETE FROM recovery_code WHERE user_name = :user_name;

-- :name password_reset_add :exec
-- :in PasswordReset
INSERT INTO password_reset (hash, user_name, made_by, ends_at, used_at)
VALUES (:hash, :user_name, :made_by, :ends_at, :used_at);

-- One that still opens, and whose.
-- :name password_reset_by_hash :one
-- :in hash:text, now:instant
-- :out user_name:text, name:text
SELECT r.user_name, p.name FROM password_reset r JOIN staff p ON p.user_name = r.user_name
WHERE r.hash = :hash AND r.used_at IS NULL AND r.ends_at > :now AND p.ended_at IS NULL;

-- :name password_reset_use :count
-- :in hash:text, at:instant
UPDATE password_reset SET used_at = :at WHERE hash = :hash AND used_at IS NULL AND ends_at > :at;

-- A person's that were not used.
-- :name password_resets_drop :count
-- :in user_name:text
DELETE FROM password_reset WHERE user_name = :user_name AND used_at IS NULL;
