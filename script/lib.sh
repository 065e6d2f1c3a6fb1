# Functions that the programs of script/ share. Source it; it goes to the top of the checkout.
# shellcheck shell=bash
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
top=$PWD
export LC_ALL=C.UTF-8

say() {
	printf '%s\n' "== $*" >&2
}

die() {
	printf '%s\n' "$*" >&2
	exit 1
}

# packages_missing LIST…: the packages of script/packages/LIST that this machine lacks, one a line.
packages_missing() {
	local list name unless command
	for list in "$@"; do
		while read -r name unless command; do
			case $name in '' | '#'*) continue ;; esac
			if [ "$unless" = unless ] && command -v "$command" >/dev/null; then continue; fi
			[ "$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || echo "$name"
		done <"script/packages/$list"
	done
}

# as_root COMMAND…: runs it as root, with sudo where we are not root.
as_root() {
	if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# packages_install LIST…: installs what is missing. While it runs, a policy of our own keeps packaged daemons
# (PostgreSQL, Postfix) from starting: the tests start private ones. A policy that was there before stays.
packages_install() {
	local missing policy=/usr/sbin/policy-rc.d mark ours= status=0
	missing=$(packages_missing "$@")
	[ -n "$missing" ] || return 0
	if [ "$(id -u)" != 0 ] && ! { command -v sudo >/dev/null && sudo -v; }; then
		die "These Debian packages are missing. Install them as root, then run this again:
  apt-get install --no-install-recommends" $missing
	fi
	say "installing" $missing
	mark="# made by $top/script/setup, process $$"
	if [ ! -e $policy ]; then
		printf '#!/bin/sh\n%s\nexit 101\n' "$mark" | as_root tee $policy >/dev/null
		as_root chmod 755 $policy
		ours=yes
	fi
	# shellcheck disable=SC2064
	[ -z "$ours" ] || trap "policy_remove '$mark'" EXIT
	{
		as_root apt-get update -q -o Acquire::Retries=3 &&
			as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends \
				-o Acquire::Retries=3 -o DPkg::Lock::Timeout=300 -o Dpkg::Options::=--force-confold $missing
	} >output/setup-packages.log 2>&1 || status=$?
	if [ -n "$ours" ]; then
		policy_remove "$mark"
		trap - EXIT
	fi
	[ $status = 0 ] || { tail -n 15 output/setup-packages.log >&2 && die "Debian's packages could not be installed."; }
}

# policy_remove MARK: removes the policy that this very process made, and no other.
policy_remove() {
	if grep -qxF "$1" /usr/sbin/policy-rc.d 2>/dev/null; then as_root rm -f /usr/sbin/policy-rc.d; fi
}

# front_end [--omit=dev]: the npm packages of package-lock.json, unless they are there already.
front_end() {
	local want have=node_modules/.evenhand-installed
	want="$(sha256sum package-lock.json .npmrc) $*"
	# What was installed for the tests also serves the build.
	case "$(cat $have 2>/dev/null)" in "$want" | "${want% *} ") return 0 ;; esac
	say "fetching the front-end files"
	npm ci --no-progress "$@" >output/setup-npm.log 2>&1 ||
		{ tail -n 15 output/setup-npm.log >&2 && die "npm could not install the front-end files."; }
	printf '%s\n' "$want" >$have
}

# build_in DIR [MESON OPTION…]: configures where that is needed, and builds; the log goes to output/DIR.log.
build_in() {
	local dir=$1 log
	log=output/$(basename "$1").log
	shift
	if [ ! -f "$dir/build.ninja" ]; then
		meson setup "$dir" "$@" >"$log" 2>&1 || { tail -n 15 "$log" >&2 && return 1; }
	elif [ $# -gt 0 ] && [ "$*" != "$(cat "$dir/options" 2>/dev/null)" ]; then
		meson configure "$dir" "$@" >"$log" 2>&1 || { tail -n 15 "$log" >&2 && return 1; }
	fi
	[ $# = 0 ] || echo "$*" >"$dir/options"
	ninja -C "$dir" -k 20 >"$log" 2>&1 || { sed -n '/^FAILED/,/^\[/{/^\[/!p}' "$log" | head -n 80 >&2; return 1; }
}

# unprivileged_user: who runs the server when we are root: the owner of the checkout, or nobody.
unprivileged_user() {
	local owner
	owner=$(stat -c %U "$top")
	case $owner in root | UNKNOWN) echo nobody ;; *) echo "$owner" ;; esac
}

mkdir -p output
