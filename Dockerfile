# docker build -t foyer . && docker run --network host -e JWT_SECRET=... -e ANNOUNCED_IP=... foyer

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

FROM eclipse-temurin:25-jre
RUN useradd --system --home-dir /foyer --shell /usr/sbin/nologin foyer
WORKDIR /foyer
COPY jvm.options ./
COPY --from=server /foyer/target/lib lib
COPY --from=server /foyer/target/foyer.jar ./
USER foyer
# Without JWT_SECRET the server refuses to start on an address that others can reach.
ENV HOST=0.0.0.0
EXPOSE 3000/tcp 40000-40100/udp
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${PORT:-3000} && printf 'GET /health HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q 200"]
ENTRYPOINT ["java", "@jvm.options", "-jar", "foyer.jar"]
