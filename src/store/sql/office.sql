-- The organisation as a whole, for whoever runs it: every role, everybody who stands in, every token.

-- :name grants_in_force :many
-- :out Grant
SELECT number, user_name, role, function, granted_at, granted_by, ended_at FROM role_grant
WHERE ended_at IS NULL ORDER BY user_name, number;

-- Those who stand in now or will.
-- :name substitutes_from :many
-- :in on_day:day
-- :out Substitute
SELECT number, function, user_name, capacity, from_on, until_on, reason, ended_at FROM substitute
WHERE until_on >= :on_day AND ended_at IS NULL ORDER BY function, from_on, number;

-- :name tokens_in_force :many
-- :out Token
SELECT hash, user_name, title, created_at, ended_at FROM token WHERE ended_at IS NULL ORDER BY created_at, hash;
