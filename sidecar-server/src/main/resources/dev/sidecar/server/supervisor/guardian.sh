# The guardian: outlives the sidecar, so that the application does not.
#
# $1 is in the environment of the application and of all it starts; the other arguments are files to remove.
# Commands come on standard input; its end means that the sidecar is dead. Needs sh, grep, rm, sleep and /proc.
trap '' HUP INT TERM QUIT PIPE USR1 USR2 TSTP TTIN TTOU
cd /
run=$1
shift
app=

# Adds to $members the processes whose /proc file $2 matches the pattern $1.
collect() {
  for file in $(grep -lsE -e "$1" /proc/[0-9]*/"$2"); do
    pid=${file#/proc/}
    pid=${pid%%/*}
    case "$members" in
      *" $pid "*) ;;
      *) members="$members$pid " new="$new|$pid" ;;
    esac
  done
}

# Everything that is the application's: by environment, by session and group, and by descent. No zombies.
family() {
  members=' ' new=
  collect "$run" environ
  [ -n "$app" ] && collect "\) [^ZXx] [0-9]+ ([0-9]+ )?$app " stat
  while [ -n "$new" ]; do
    parents=${new#|} new=
    collect "\) [^ZXx] ($parents) " stat
  done
}

# Sends $1 to all of the family; $count says how many took it.
end() {
  family
  count=0
  for pid in $members; do
    kill -s "$1" "$pid" && count=$((count + 1))
  done
}

while read -r verb argument; do
  case $verb in
    app) app=$argument ;;
    one) kill -s "$argument" "$app" ;;
    group) kill -s "$argument" -- "-$app" || kill -s "$argument" "$app" ;;
    end) end "$argument"; echo "$count" ;;
    bye) exit 0 ;;
  esac
done 2>/dev/null

{
  rm -f -- "$@"
  [ -n "$app" ] && kill -s KILL -- "-$app"
  # Twice nothing, because a process is invisible for a moment while it changes into another program.
  quiet=0 round=0
  while [ "$quiet" -lt 2 ] && [ "$round" -lt 250 ]; do
    end KILL
    if [ "$count" -eq 0 ]; then quiet=$((quiet + 1)); else quiet=0; fi
    round=$((round + 1))
    sleep 0.02 || sleep 1
  done
} 2>/dev/null
