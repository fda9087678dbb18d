# One image for all three services and for the migration; `docker compose` says which of them a container is.
FROM python:3.13-slim AS build
WORKDIR /src
COPY requirements requirements
RUN python -m venv /opt/duecare \
    && /opt/duecare/bin/pip install --no-cache-dir --require-hashes -r requirements/run.lock
RUN python -m venv /opt/build \
    && /opt/build/bin/pip install --no-cache-dir --require-hashes -r requirements/dev.lock
COPY pyproject.toml README.md ./
COPY migrations migrations
COPY services services
COPY shared shared
RUN /opt/build/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /wheels . \
    && /opt/duecare/bin/pip install --no-cache-dir --no-deps --no-index /wheels/*.whl \
    && /opt/duecare/bin/pip uninstall --yes pip

FROM python:3.13-slim
RUN pip uninstall --yes --root-user-action=ignore pip \
    && useradd --system --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin duecare
COPY --from=build /opt/duecare /opt/duecare
ENV PATH=/opt/duecare/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER duecare
WORKDIR /tmp
EXPOSE 8001 8002 8003
ENTRYPOINT ["duecare"]
