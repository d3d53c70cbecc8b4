# syntax=docker/dockerfile:1
# Inference on an NVIDIA GPU with TensorFlow's own runtime. Built, not run on a GPU. Context: the repository.
FROM node:22-slim AS base
WORKDIR /repository

FROM base AS pruned
COPY . .
RUN --mount=type=cache,target=/root/.npm \
    npx --yes "turbo@$(node -p "require('./package.json').devDependencies.turbo")" prune @lucency/inference --docker

FROM base AS built
COPY --from=pruned /repository/out/json/ ./
# Not `npm ci`: it refuses a lock file that lacks the binaries of other platforms. What is locked is installed as locked.
RUN --mount=type=cache,target=/root/.npm npm install --no-save
COPY --from=pruned /repository/out/full/ ./
COPY tsconfig.base.json ./
RUN npx turbo run build --filter=@lucency/inference
COPY deploy/images/steps/ deploy/images/steps/
COPY models/ models/
# Which model, where models/ holds several: --build-arg MODEL=models/NAME
ARG MODEL=""
RUN LUCENCY_MODEL_DIR="${MODEL}" node deploy/images/steps/model.mjs /collected/model \
    && node deploy/images/steps/collect.mjs /collected

# The binding, compiled against TensorFlow's libraries, with CUDA 12 beside it: 4 GB to fetch, 6 GB to keep.
FROM built AS native
RUN apt-get update \
    && apt-get install --yes --no-install-recommends g++ binutils python3-pip ca-certificates \
    && rm -rf /var/lib/apt/lists/*
RUN XDG_CACHE_HOME=/opt node packages/model/dist/main.js --gpu

FROM base AS installed
COPY --from=pruned /repository/out/json/ ./
RUN --mount=type=cache,target=/root/.npm npm install --no-save --omit=dev --workspace=apps/inference
COPY --from=built /collected/ ./
COPY deploy/images/steps/trim.mjs /trim.mjs
RUN node /trim.mjs inference-gpu

FROM node:22-slim
ARG VERSION=0.0.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Lucency inference on a GPU" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
ENV NODE_ENV=production \
    LUCENCY_MODEL_DIR=/app/model \
    LUCENCY_LUNGS_DIR=/app/model/lungs \
    HEALTH_PORT=4001 \
    ENGINE=tfjs-node \
    XDG_CACHE_HOME=/opt \
    CUDA_CACHE_PATH=/cuda-cache \
    NVIDIA_VISIBLE_DEVICES=all \
    NVIDIA_DRIVER_CAPABILITIES=compute,utility
COPY --from=native /opt/lucency/ /opt/lucency/
COPY --from=installed /repository/ /app/
COPY LICENSE /app/
# What CUDA compiles for cards newer than the binding stays in its cache: mount a volume.
RUN install --directory --owner=10001 --group=10001 /cuda-cache
VOLUME /cuda-cache
WORKDIR /app/apps/inference
USER 10001:10001
EXPOSE 4001
HEALTHCHECK --interval=10s --timeout=3s --start-period=1200s \
    CMD ["node", "--eval", "fetch('http://127.0.0.1:4001/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/main.js"]
