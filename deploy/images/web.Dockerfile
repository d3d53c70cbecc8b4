# syntax=docker/dockerfile:1
# The portal: Next's standalone server with the packages that it was traced to load. Context: the repository.
FROM node:22-slim AS base
WORKDIR /repository
ENV NEXT_TELEMETRY_DISABLED=1

FROM base AS pruned
COPY . .
RUN --mount=type=cache,target=/root/.npm \
    npx --yes "turbo@$(node -p "require('./package.json').devDependencies.turbo")" prune @lucency/web --docker

FROM base AS built
COPY --from=pruned /repository/out/json/ ./
# Not `npm ci`: it refuses a lock file that lacks the binaries of other platforms. What is locked is installed as locked.
RUN --mount=type=cache,target=/root/.npm npm install --no-save
COPY --from=pruned /repository/out/full/ ./
COPY tsconfig.base.json ./
# The documents of the portal are typed from the gateway's schema.
COPY apps/gateway/schema.graphql apps/gateway/
# Turbo hides variables from tasks unless it is told not to.
RUN NEXT_OUTPUT=standalone npx turbo run build --filter=@lucency/web --env-mode=loose

FROM node:22-slim
ARG VERSION=0.0.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Lucency portal" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
ENV NODE_ENV=production \
    NEXT_TELEMETRY_DISABLED=1 \
    HOSTNAME=0.0.0.0 \
    PORT=3000
COPY --from=built /repository/apps/web/.next/standalone/ /app/
COPY --from=built /repository/apps/web/.next/static/ /app/apps/web/.next/static/
COPY LICENSE /app/
WORKDIR /app/apps/web
USER 10001:10001
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
    CMD ["node", "--eval", "fetch('http://127.0.0.1:3000/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "server.js"]
