# syntax=docker/dockerfile:1
# The DICOM port: X-rays in from modalities and PACS. Context: the repository.
FROM node:22-slim AS base
WORKDIR /repository

FROM base AS pruned
COPY . .
RUN --mount=type=cache,target=/root/.npm \
    npx --yes "turbo@$(node -p "require('./package.json').devDependencies.turbo")" prune @lucency/dicom-service --docker

FROM base AS built
COPY --from=pruned /repository/out/json/ ./
# Not `npm ci`: it refuses a lock file that lacks the binaries of other platforms. What is locked is installed as locked.
RUN --mount=type=cache,target=/root/.npm npm install --no-save
COPY --from=pruned /repository/out/full/ ./
COPY tsconfig.base.json ./
# The operations of the client are typed from the gateway's schema.
COPY apps/gateway/schema.graphql apps/gateway/
RUN npx turbo run build --filter=@lucency/dicom-service
COPY deploy/images/steps/ deploy/images/steps/
RUN node deploy/images/steps/collect.mjs /collected

FROM base AS installed
COPY --from=pruned /repository/out/json/ ./
RUN --mount=type=cache,target=/root/.npm npm install --no-save --omit=dev --workspace=apps/dicom
COPY --from=built /collected/ ./
COPY deploy/images/steps/trim.mjs /trim.mjs
RUN node /trim.mjs dicom

FROM node:22-slim
ARG VERSION=0.0.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Lucency DICOM port" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
ENV NODE_ENV=production \
    HEALTH_PORT=4001
COPY --from=installed /repository/ /app/
COPY LICENSE /app/
WORKDIR /app/apps/dicom
USER 10001:10001
EXPOSE 11112 4001
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
    CMD ["node", "--eval", "fetch('http://127.0.0.1:4001/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/main.js"]
