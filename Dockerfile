# docker build -t foyer .
# docker run --network host -e JWT_SECRET=... -e ANNOUNCED_IP=... foyer
# `docker run foyer config` and `docker run foyer doctor` say what counts and what stands in the way.

FROM node:20-bookworm-slim AS web
WORKDIR /foyer/web
COPY web/ ./
RUN npm ci --no-audit --no-fund && npm run build

FROM maven:3-eclipse-temurin-25 AS server
WORKDIR /foyer
COPY pom.xml ./
COPY src/main src/main
COPY --from=web /foyer/web/app/dist web/app/dist
RUN mvn -B -ntp -q -Dmaven.test.skip=true -Dspotless.check.skip=true package

# A runtime of the modules that are used and no others. deploy/modules.txt is found by jdeps and proved by a test.
FROM eclipse-temurin:25-jdk AS runtime
COPY deploy/modules.txt /modules.txt
RUN jlink --add-modules "$(grep -v '^#' /modules.txt | paste -sd, -)" \
    --strip-java-debug-attributes --no-header-files --no-man-pages --compress zip-6 --output /runtime

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates curl \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /foyer --shell /usr/sbin/nologin foyer \
    && install -d -o foyer /data
WORKDIR /foyer
COPY --from=runtime /runtime /opt/java
COPY jvm.options ./
COPY --from=server /foyer/target/lib lib
COPY --from=server /foyer/target/foyer.jar ./
USER 10001
# Without a secret or keys for tokens the server refuses to start on an address that others can reach.
ENV HOST=0.0.0.0 LOG_FORMAT=json WEBHOOK_OUTBOX_DIR=/data/webhook-outbox
VOLUME /data
EXPOSE 3000/tcp 40000-40100/udp 40000-40100/tcp
HEALTHCHECK --interval=10s --timeout=3s --start-period=15s \
    CMD ["sh", "-c", "at=localhost:$(echo ${PORT:-3000} | cut -d, -f1)/health/live; curl -fsS -o /dev/null http://$at || curl -fsSk -o /dev/null https://$at"]
ENTRYPOINT ["/opt/java/bin/java", "@jvm.options", "-jar", "foyer.jar"]
