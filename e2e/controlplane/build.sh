#!/bin/sh
# Builds kube-apiserver, kube-controller-manager and etcd from the Go modules beside this file
# into a cache of the user. Does nothing when they are there. Prints the folder.
set -eu
cd "$(dirname "$0")"

version_of() {
  awk -v module="$2" '{ for (i = 1; i < NF; i++) if ($i == module) { print $(i + 1); exit } }' "$1"
}
kubernetes=$(version_of go.mod k8s.io/kubernetes)
etcd=$(version_of etcd/go.mod go.etcd.io/etcd/server/v3)
parent=${XDG_CACHE_HOME:-$HOME/.cache}/millrace/controlplane
folder=$parent/kubernetes-$kubernetes-etcd-$etcd

is_complete() { [ -e "$folder/complete" ]; }
report_and_exit() { echo "$folder"; exit 0; }

is_complete && report_and_exit
command -v go >/dev/null || { echo "build.sh: no Go toolchain on the PATH" >&2; exit 3; }
mkdir -p "$parent"

# One build at a time: the others wait here, then find it done. The lock ends with its holder.
exec 9>"$parent/lock"
flock 9
is_complete && report_and_exit

building=$parent/building.$$
trap 'rm -rf "$building"' EXIT
trap 'exit 130' INT TERM HUP
rm -rf "$parent"/building.*
mkdir -p "$building"

major=$(echo "$kubernetes" | sed 's/^v\([0-9]*\)\..*/\1/')
minor=$(echo "$kubernetes" | sed 's/^v[0-9]*\.\([0-9]*\)\..*/\1/')
package=k8s.io/component-base/version
stamp="-X $package.gitVersion=$kubernetes -X $package.gitMajor=$major -X $package.gitMinor=$minor"

export CGO_ENABLED=0
build() { go build -trimpath -buildvcs=false -mod=readonly -ldflags "-s -w $stamp" -o "$building/$1" "$2" >&2; }
echo "building the control plane once into $folder: minutes of processor time" >&2
(cd etcd && build etcd .)
build kube-apiserver k8s.io/kubernetes/cmd/kube-apiserver
build kube-controller-manager k8s.io/kubernetes/cmd/kube-controller-manager
touch "$building/complete"

rm -rf "$folder"
mv "$building" "$folder"
report_and_exit
