#!/bin/sh
# Builds the documentation of the library and its modules from the release build: docs.sh FOLDER
#
# Warnings (a link that leads nowhere, a parameter that is not told of) are errors.
set -eu
cd "$(dirname "$0")/.."
folder=$1
build=$(realpath .build/release)
symbols=$(mktemp -d)
trap 'rm -rf "$symbols"' EXIT
# What one import of Vouch brings.
modules=$(sed -n 's/^@_exported public import //p' Sources/Vouch/Exports.swift | paste -sd,)
maps=$(for map in "$build"/*.build/module.modulemap; do echo "-Xcc -fmodule-map-file=$map"; done)
# shellcheck disable=SC2086
swift symbolgraph-extract -module-name Vouch -I "$build/Modules" $maps -target "$(uname -m)-unknown-linux-gnu" \
  -output-dir "$symbols" -minimum-access-level public -skip-synthesized-members -omit-extension-block-symbols \
  -experimental-allowed-reexported-modules="$modules"
rm -rf "$folder"
mkdir -p "$(dirname "$folder")"
docc=$(command -v docc || echo "$(dirname "$(readlink -f "$(command -v swift)")")/docc")
"$docc" convert Sources/Vouch/Vouch.docc --additional-symbol-graph-dir "$symbols" --output-dir "$folder" \
  --fallback-display-name Vouch --fallback-bundle-identifier vouch --warnings-as-errors
