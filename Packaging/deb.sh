#!/bin/sh
# Makes the Debian package vouch_VERSION_ARCHITECTURE.deb in a folder: deb.sh PROGRAM FOLDER
#
# The same program gives the same bytes: all dates are that of the changelog's first entry.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
program=$(realpath "$1")
folder=$(realpath "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
umask 022

mkdir "$work/debian"
cp "$here/control" "$here/changelog" "$work/debian"
cd "$work"
SOURCE_DATE_EPOCH=$(dpkg-parsechangelog -S Timestamp)
export SOURCE_DATE_EPOCH
root=$work/debian/vouch
documents=$root/usr/share/doc/vouch
ZSH_FOLDER=vendor-completions "$here/install.sh" "$program" "$root/usr"
# Debian has a place of its own for licences, and compresses manual pages and changelogs.
rm "$documents/LICENSE"
install -m 644 "$here/copyright" "$documents/copyright"
install -m 644 "$here/changelog" "$documents/changelog"
gzip -9n "$documents/changelog" "$root"/usr/share/man/man1/*.1
strip --remove-section=.comment --remove-section=.note "$root/usr/bin/vouch"

mkdir "$root/DEBIAN"
dpkg-shlibdeps -Tdebian/substvars "$root/usr/bin/vouch"
dpkg-gencontrol -Tdebian/substvars -P"$root"
(cd "$root" && find usr -type f | LC_ALL=C sort | xargs md5sum >DEBIAN/md5sums)
find "$root" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
dpkg-deb --root-owner-group -Zxz -z${DEB_LEVEL:-6} --build "$root" "$folder"
