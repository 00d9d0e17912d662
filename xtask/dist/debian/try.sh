#!/bin/sh
# Installs, runs, removes and purges a package in a copy of this system that is thrown away. `cargo xtask dist --try` starts it
# as root, in mount and process namespaces of its own; nothing of the system itself is written to.
#   try.sh PACKAGE FOLDER PORT
# When the edge should answer on PORT it prints "started" and waits for a line; with it goes what follows.
set -eu

package=$1 folder=$2 port=$3
fail() {
  printf 'try.sh: %s\n' "$1" >&2
  exit 1
}

mount -t tmpfs tmpfs "$folder"
mkdir "$folder/new" "$folder/work" "$folder/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$folder/new,workdir=$folder/work" "$folder/root"
root=$folder/root
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
# The tables of users and groups are there to be written; what else the machine's own services say is not asked.
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
chmod 755 "$root/usr/sbin/policy-rc.d"
cp "$package" "$root/hoi.deb"
in_copy() {
  chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
}
mode_of() {
  in_copy stat -c '%a %U %G' "$1"
}

in_copy dpkg --install /hoi.deb >&2 || fail "it can't be installed"
[ "$(mode_of /etc/hoi/hoi.env)" = '640 root root' ] || fail "hoi.env is $(mode_of /etc/hoi/hoi.env)"
# shellcheck disable=SC2016 # dpkg-query fills it in.
in_copy dpkg-query --show --showformat '${Conffiles}' hoi | grep -q /etc/hoi/hoi.env || fail "hoi.env is no conffile"
[ -z "$(in_copy find /usr/lib/hoi ! -user root)" ] || fail "the service's user could change its own program"
in_copy hoi --version >&2

# What systemd makes of the unit: its folders, its environment, its user, its command.
unit=$root/usr/lib/systemd/system/hoi.service
in_copy install -d -o hoi -g hoi -m 700 /var/lib/hoi /run/hoi
cat >>"$root/etc/hoi/hoi.env" <<END
HOI_SECRET='only for trying, 32 bytes and more'
HOI_ADMIN_KEY='only for trying, and no less than 32 bytes'
HOI_ORIGIN='http://127.0.0.1:$port'
HOI_ADDRESS='127.0.0.1:$port'
HOI_GRACE='1'
END
user=$(sed -n 's/^User=//p' "$unit")
environment=$(sed -n 's/^Environment=//p' "$unit")
command=$(sed -n 's/^ExecStart=//p' "$unit")
settings=$(sed -n 's/^EnvironmentFile=//p' "$unit")
# Root reads the settings, the service does not. Each process takes the place of the one before, so that the signal below reaches
# start.sh itself. The words of the environment and of the command are parted at their spaces on purpose.
# shellcheck disable=SC2086
(exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin sh -c 'set -a; . "$0"; set +a; exec "$@"' "$root$settings" \
  chroot "$root" setpriv --reuid "$user" --regid "$user" --clear-groups --no-new-privs --bounding-set -all \
  env $environment $command) >&2 &
service=$!
echo started
read -r _
kill -TERM "$service"
wait "$service" || fail "the service ended with $?"
case $(mode_of /var/lib/hoi/lock) in
*' hoi hoi') ;;
*) fail "the service did not run as hoi" ;;
esac

in_copy dpkg --remove hoi >&2
[ ! -e "$root/usr/lib/hoi" ] || fail "removed, but something of it is left"
[ -e "$root/etc/hoi/hoi.env" ] || fail "removing took the settings"
[ -e "$root/var/lib/hoi/lock" ] || fail "removing took the data"
in_copy dpkg --purge hoi >&2
[ ! -e "$root/etc/hoi" ] || fail "purged, but settings are left"
[ -e "$root/var/lib/hoi/lock" ] || fail "purging took the data unasked"
in_copy dpkg --install /hoi.deb >&2
in_copy env HOI_PURGE_DATA=yes dpkg --purge hoi >&2
[ ! -e "$root/var/lib/hoi" ] || fail "purging was asked to take the data and did not"
! in_copy getent passwd hoi >&2 || fail "purged with its data, but the user is left"
