#!/usr/bin/env bash
# Builds what is needed, measures, and prints the tables of docs/benchmarks.md:
#   plugin-sample-app/benchmarks/run.sh [section …] [--smoke]
set -euo pipefail
cd "$(dirname "$0")/../.."
module=plugin-sample-app/benchmarks
mvn -B -ntp -q package -pl "plugin-sample-app,$module" -am -DskipTests -Dspotless.check.skip -Dmdep.analyze.skip >&2
# The parallelism that the JVM has by itself where there are three processors or more: see docs/operations.md.
exec java -Xmx3g -Djava.util.concurrent.ForkJoinPool.common.parallelism=2 -Dbench.sample=plugin-sample-app/target/yotpo-sync-sample-app.jar -cp "$module/target/classes:$(cat "$module/target/classpath.txt")" \
  io.yotposync.bench.Benchmarks "$@"
