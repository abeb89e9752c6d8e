#!/usr/bin/env bash
# Makes what gridctl runs: archive.sh JAVA JARS LIBRARY WORK. The library holds the jars, some of them desugared, and an
# archive of loaded classes, which halves the time that a process of the grid takes to start. The JVM uses it only with
# the very jars and the very Java it was made with, so both are checked here again. From Java 25 on it is an
# ahead-of-time cache, which also holds linked lambdas and what is worth compiling.
set -eu
java=$1 jars=$2 library=$3 work=$4
export LC_ALL=C
version=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.version = //p')
major=${version%%[.+-]*}
if [ "$major" -ge 25 ]; then
  archive=$library/gridctl-$version.aot
  set -- "-XX:AOTCacheOutput=$archive.part"
else
  archive=$library/gridctl-$version.jsa
  set -- -Xshare:auto "-XX:ArchiveClassesAtExit=$archive.part" -XX:TieredStopAtLevel=1
fi
newer=
for jar in "$jars"/*.jar; do
  if [ ! -e "$archive" ] || [ "$jar" -nt "$archive" ]; then newer=yes; fi
done
if [ -z "$newer" ]; then
  touch "$library/../built"
  exit 0
fi

# Without the file that says so it is not built, should this be interrupted; it is found by way of the library.
rm -rf "$library/../built" "$work" "$library"
mkdir -p "$work" "$library"
"$java" -cp "$jars/*" io.gridctl.cli.archive.Desugaring "$jars" "$library"
touch "$library/../built"
class_path=$(printf ':%s' "$library"/*.jar)
# The flags that the grid's processes run with (JvmCommand, Installation): the same classes are needed, a cache fits no
# others, and a Java that does not know one of them gets no archive, and is not given it.
if [ "$major" -ge 24 ]; then
  set -- "$@" --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED
fi
# Half an archive, should this be interrupted, is none.
if "$java" "$@" -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 -XX:+UseParallelGC -Xmx256m \
  --add-exports=java.base/jdk.internal.ref=ALL-UNNAMED \
  --add-opens=java.base/java.lang=ALL-UNNAMED \
  --add-opens=java.base/sun.nio.ch=ALL-UNNAMED \
  --add-opens=java.management/sun.management=ALL-UNNAMED \
  --add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED \
  -Dgridctl.log="$work/training.log" \
  -cp "${class_path#:}" io.gridctl.cli.archive.TrainingRun "$work/home" >"$work/out" 2>&1 &&
  [ -e "$archive.part" ]; then
  mv "$archive.part" "$archive"
else
  # Starting is slower without an archive, and nothing else: a Java that cannot make one builds all the same.
  rm -f "$archive.part"
  echo "no class-data archive was made; see $work/out" >&2
fi
