"""A server with the demo company, for a real browser: python -m tests.browser.server PORT FOLDER

FOLDER is a data folder with the company in it. The server works in a copy that goes when it ends,
and prints one-time links for the security manager, for a depot's manager, and for the former once
more, once it can be used.
"""

# ruff: noqa: E402 - Django has to be set up before its models can be imported

import shutil
import sys

import django

django.setup()

from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.contrib.staticfiles.views import serve
from django.core.servers.basehttp import run
from django.core.wsgi import get_wsgi_application

from bartizan.ground.people.models import Person
from bartizan.ground.people.sign_in import make_link

WHO = ("m-okafor", "t-brouwer", "m-okafor")


class Files(StaticFilesHandler):
    """Static files from where they are written, whether or not errors are shown in full."""

    def serve(self, request):
        return serve(request, self.file_path(request.path), insecure=True)


def main(port: int, folder: str) -> None:
    shutil.copytree(folder, settings.DATA, dirs_exist_ok=True)
    secrets = [make_link(Person.objects.get(code=code)) for code in WHO]
    print(*(f"http://127.0.0.1:{port}/sign-in/{secret}/" for secret in secrets), flush=True)
    run("127.0.0.1", port, Files(get_wsgi_application()), threading=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
