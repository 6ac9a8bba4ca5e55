#!/bin/sh
# Puts the program, its manual pages and what shells complete below a folder, or takes them away again.
#
#   install.sh PROGRAM PREFIX     install.sh --remove PREFIX
#
# Manual pages and completions are made from what the program says about itself. ZSH_FOLDER is where zsh's goes, under share/zsh.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
prefix=$2
share=$prefix/share
zsh=$share/zsh/${ZSH_FOLDER:-site-functions}

if [ "$1" = --remove ]; then
  rm -f "$prefix/bin/vouch" "$share/man/man1/vouch.1" "$share/man/man1/vouch-"*.1 \
    "$share/bash-completion/completions/vouch" "$zsh/_vouch" "$share/fish/vendor_completions.d/vouch.fish"
  rm -rf "$share/doc/vouch"
  exit 0
fi

made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
# The version's date, not today's.
date=$(sed -n 's/^ -- .*>  //p' "$here/changelog" | head -1)
python3 "$here/manual.py" "$1" "$here/../README.md" "$(date -u -d "$date" +%F)" "$made"
for shell in bash zsh fish; do "$1" --generate-completion-script $shell >"$made/$shell"; done
# It is sourced, never run.
sed -i '1{/^#!/d}' "$made/bash"

install -d "$prefix/bin" "$share/man/man1" "$share/doc/vouch"
install -s -m 755 "$1" "$prefix/bin/vouch"
install -m 644 "$made"/*.1 "$share/man/man1"
install -D -m 644 "$made/bash" "$share/bash-completion/completions/vouch"
install -D -m 644 "$made/zsh" "$zsh/_vouch"
install -D -m 644 "$made/fish" "$share/fish/vendor_completions.d/vouch.fish"
install -m 644 "$here/../LICENSE" "$here/../NOTICE" "$here/../README.md" "$share/doc/vouch"
