#!/bin/sh
# Ends what a worker leaves behind when it was killed. Standard input is a pipe whose other end the worker alone holds; when
# that closes, every process of the session or process group that has the worker's number is killed. For Linux: reads /proc.
worker=$1

read -r _

# What forks faster than this is killed cannot be ended from outside the kernel.
rounds=100
found=yes
while [ -n "$found" ] && [ $rounds -gt 0 ]; do
    found=
    rounds=$((rounds - 1))
    for folder in /proc/[0-9]*; do
        { read -r line <"$folder/stat"; } 2>/dev/null || continue
        # The program's name, in brackets, may hold anything; after it come state, parent, group and session.
        # shellcheck disable=SC2086
        set -- ${line##*) }
        case $1 in Z | X) continue ;; esac
        if [ "$3" = "$worker" ] || [ "$4" = "$worker" ]; then
            kill -9 "${folder#/proc/}" 2>/dev/null && found=yes
        fi
    done
done
