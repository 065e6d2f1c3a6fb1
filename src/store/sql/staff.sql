-- The organisation: functions, staff and their roles, who stands in, tokens, doors.
-- :row Function slug:text, title:text, created_at:instant
-- :row Staff user_name:text, name:text, folded:text, email:text?, password:text?, created_at:instant,
--   ended_at:instant?
-- :row Grant number:int, user_name:text, role:text, function:text?, granted_at:instant, granted_by:text,
--   ended_at:instant?
-- :row Substitute number:int, function:text, user_name:text, capacity:text, from_on:day, until_on:day, reason:text,
--   ended_at:instant?
-- :row Token hash:text, user_name:text?, title:text, created_at:instant, ended_at:instant?
-- :row Door address:text, kind:text, title:text, function:text?, matter:text?, user_name:text?, protects:text?,
--   ended_at:instant?

-- :name function_by_slug :one
-- :in slug:text
-- :out Function
SELECT slug, title, created_at FROM function WHERE slug = :slug;

-- :name function_list :many
-- :out Function
SELECT slug, title, created_at FROM function ORDER BY slug;

-- :name function_add :exec
-- :in Function
INSERT INTO function (slug, title, created_at) VALUES (:slug, :title, :created_at);

-- :name staff_by_user :one
-- :in user_name:text
-- :out Staff
SELECT user_name, name, folded, email, password, created_at, ended_at FROM staff WHERE user_name = :user_name;

-- :name staff_list :many
-- :out Staff
SELECT user_name, name, folded, email, password, created_at, ended_at FROM staff ORDER BY user_name;

-- :name staff_add :exec
-- :in Staff
INSERT INTO staff (user_name, name, folded, email, password, created_at, ended_at)
VALUES (:user_name, :name, :folded, :email, :password, :created_at, :ended_at);

-- :name staff_set_password :count
-- :in user_name:text, password:text
UPDATE staff SET password = :password WHERE user_name = :user_name AND ended_at IS NULL;

-- :name staff_end :count
-- :in user_name:text, ended_at:instant
UPDATE staff SET ended_at = :ended_at WHERE user_name = :user_name AND ended_at IS NULL;

-- :name grants_of :many
-- :in user_name:text
-- :out Grant
SELECT number, user_name, role, function, granted_at, granted_by, ended_at FROM role_grant
WHERE user_name = :user_name AND ended_at IS NULL ORDER BY number;

-- Everybody who holds a role now; function NULL: in any function.
-- :name grants_of_role :many
-- :in role:text, function:text?
-- :out Grant
SELECT g.number, g.user_name, g.role, g.function, g.granted_at, g.granted_by, g.ended_at
FROM role_grant g JOIN staff s ON s.user_name = g.user_name
WHERE g.role = :role AND g.ended_at IS NULL AND s.ended_at IS NULL
	AND (:function IS NULL OR g.function IS NULL OR g.function = :function)
ORDER BY g.number;

-- :name grant_add :exec
-- :in Grant
INSERT INTO role_grant (number, user_name, role, function, granted_at, granted_by, ended_at)
VALUES (:number, :user_name, :role, :function, :granted_at, :granted_by, :ended_at);

-- :name grant_end :count
-- :in user_name:text, role:text, function:text?, ended_at:instant
UPDATE role_grant SET ended_at = :ended_at
WHERE user_name = :user_name AND role = :role AND ended_at IS NULL
	AND (function = :function OR (function IS NULL AND :function IS NULL));

-- :name substitutes_of :many
-- :in user_name:text, on_day:day
-- :out Substitute
SELECT number, function, user_name, capacity, from_on, until_on, reason, ended_at FROM substitute
WHERE user_name = :user_name AND from_on <= :on_day AND until_on >= :on_day AND ended_at IS NULL ORDER BY number;

-- :name substitute_add :exec
-- :in Substitute
INSERT INTO substitute (number, function, user_name, capacity, from_on, until_on, reason, ended_at)
VALUES (:number, :function, :user_name, :capacity, :from_on, :until_on, :reason, :ended_at);

-- :name token_by_hash :one
-- :in hash:text
-- :out Token
SELECT hash, user_name, title, created_at, ended_at FROM token WHERE hash = :hash AND ended_at IS NULL;

-- :name token_add :exec
-- :in Token
INSERT INTO token (hash, user_name, title, created_at, ended_at)
VALUES (:hash, :user_name, :title, :created_at, :ended_at);

-- :name token_end :count
-- :in title:text, user_name:text?, ended_at:instant
UPDATE token SET ended_at = :ended_at WHERE title = :title AND ended_at IS NULL
	AND (user_name = :user_name OR (user_name IS NULL AND :user_name IS NULL));

-- :name door_by_address :one
-- :in address:text
-- :out Door
SELECT address, kind, title, function, matter, user_name, protects, ended_at FROM door
WHERE address = :address AND ended_at IS NULL;

-- :name door_list :many
-- :out Door
SELECT address, kind, title, function, matter, user_name, protects, ended_at FROM door
WHERE ended_at IS NULL ORDER BY address;

-- :name door_add :exec
-- :in Door
INSERT INTO door (address, kind, title, function, matter, user_name, protects, ended_at)
VALUES (:address, :kind, :title, :function, :matter, :user_name, :protects, :ended_at);
