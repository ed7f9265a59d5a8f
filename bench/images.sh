#!/bin/sh
# Makes the two images of the benchmarks as OCI layouts: a Debian minbase, and the same with OpenJDK, Node and npm.
# `bench/images.sh FOLDER [SUITE]`; needs mmdebstrap, umoci and a mirror of Debian. Some minutes.
set -eu
folder=$1 suite=${2:-bookworm}
mkdir -p "$folder"
make() {
  name=$1 include=$2
  [ -e "$folder/$name/index.json" ] && return
  mmdebstrap --quiet --variant=minbase ${include:+--include="$include"} --format=tar "$suite" "$folder/$name.tar"
  umoci init --layout "$folder/$name"
  umoci new --image "$folder/$name:1"
  umoci raw add-layer --image "$folder/$name:1" "$folder/$name.tar"
  umoci gc --layout "$folder/$name"
  rm "$folder/$name.tar"
}
make minbase ''
make languages default-jdk-headless,nodejs,npm
