#!/bin/sh
# Prints what the tests of hostile input measured, and fails unless every gate is shut.
set -eu
cd "$(dirname "$0")/.."
ANKRA_GATES=$(mktemp)
export ANKRA_GATES
trap 'rm -f "$ANKRA_GATES"' EXIT
status=0
# What was measured is told of a failure too, whose gate is open.
sh tests/run.sh --test it || status=$?
echo
table=$(awk -F '\t' '
    NF == 3 { bad[$1] += $2; all[$1] += $3 }
    NF == 2 { if ($1 in figure) figure[$1] = figure[$1] "; " $2; else figure[$1] = $2 }
    END {
        for (name in bad) { printf "%-62s %d of %d\n", name, bad[name], all[name]; failed += bad[name] }
        for (name in figure) printf "%-62s %s\n", name, figure[name]
        exit failed > 0
    }' "$ANKRA_GATES") || status=1
echo "$table" | sort
exit "$status"
