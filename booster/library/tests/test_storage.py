"""The same on an S3 server, over real HTTP."""

import pytest
from django.core.files.storage import default_storage, storages

from booster.library import actions, queries, tasks
from booster.library.models import Document
from booster.library.tests import make
from booster.library.tests.make import NOW

pytestmark = pytest.mark.django_db(transaction=True)  # closing a response lets go of the connection


@pytest.fixture
def s3(settings):
    boto3 = pytest.importorskip("boto3", reason="the s3 extra is not installed")
    moto = pytest.importorskip("moto.server", reason="moto[server] is not installed")
    pytest.importorskip("storages", reason="the s3 extra is not installed")
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    access = {"endpoint_url": f"http://{host}:{port}", "region_name": "eu-west-1"}
    client = boto3.client("s3", aws_access_key_id="key", aws_secret_access_key="secret", **access)
    client.create_bucket(Bucket="academy", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": access
            | {"bucket_name": "academy", "access_key": "key", "secret_key": "secret", "file_overwrite": False},
        }
    }
    yield client
    client.close()
    server.stop()


def test_files_live_on_s3(s3):
    assert type(storages["default"]).__name__ == "S3Storage"
    document = make.document("CV.pdf")
    (kept,) = s3.list_objects_v2(Bucket="academy")["Contents"]
    assert kept["Key"] == document.stored
    assert s3.get_object(Bucket="academy", Key=document.stored)["Body"].read() == make.PDF
    assert queries.read(document) == make.PDF
    response = queries.response_for(document)
    assert b"".join(response.streaming_content) == make.PDF
    response.close()
    orphan = make.document("lost.pdf")
    Document.objects.filter(pk=orphan.pk).delete()
    assert actions.sweep(day=NOW.date(), at=NOW) == 1
    assert default_storage.exists(document.stored)
    actions.remove(document, by=None, at=NOW)
    assert tasks.erase_waiting(at=NOW) == 1
    assert s3.list_objects_v2(Bucket="academy")["KeyCount"] == 0
