# The bot, and the sandbox, in one image. Tests lint this file and replay its steps: tests/test_docker.py.
# The tag follows the patch releases of its Python; to pin the digest too, or to use a mirror: --build-arg BASE=...
ARG BASE=python:3.13-slim

FROM ${BASE} AS build
# The environment gets no pip, and setuptools leaves once all is installed: the bot needs neither.
COPY requirements/run.txt /requirements/run.txt
RUN python -m venv --without-pip /opt/shortlist \
    && python -m pip --python /opt/shortlist/bin/python install --quiet --no-cache-dir --require-hashes -r /requirements/run.txt \
    && python -m pip --python /opt/shortlist/bin/python uninstall --quiet --yes setuptools
WORKDIR /app
COPY app.yaml ./
COPY bot bot
COPY commands commands
# Compiled once, here, because nothing is written when it runs; by content, because copying may change the times.
RUN python -m compileall -q --invalidation-mode unchecked-hash bot commands

FROM ${BASE}
ENV PATH=/opt/shortlist/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DATABASE_URL=sqlite:////data/shortlist.db
COPY --from=build /opt/shortlist /opt/shortlist
COPY --from=build /app /app
RUN mkdir -m 1777 /data
VOLUME /data
WORKDIR /app
USER 10001:10001
EXPOSE 3000
# http.client and not urllib, which would send this through a proxy where one is set.
HEALTHCHECK --interval=30s --timeout=4s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import http.client, os, sys; c = http.client.HTTPConnection('127.0.0.1', int(os.environ.get('PORT') or 3000), timeout=3); c.request('GET', '/healthz'); sys.exit(c.getresponse().status != 200)"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
