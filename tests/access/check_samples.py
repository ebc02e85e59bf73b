"""One well-formed request for every endpoint of the two-source check of phones."""

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.access.requests import EMPTY, READ, Sample, say

TABLE = "企业名称,电话\n苏州华康口腔医院,0512-65880001\n"
SAMPLES: dict[str, Sample] = {
    "list_phone_checks": READ,
    "read_phone_check": READ,
    "keep_phone": Sample(body=say(why="样例")),
    "take_phone": Sample(body=say(number="13812345678")),
    "list_wecom_people": READ,
    "link_wecom_person": Sample(body=say(external_id=None)),
    "read_phone_check_settings": READ,
    "change_phone_check_settings": Sample(body=say(uses_wecom=False, uses_registry=False)),
    "take_registry_file": Sample(
        body=lambda _target: {"file": SimpleUploadedFile("登记.csv", TABLE.encode())},
        is_form=True,
    ),
    "read_wecom_people": Sample(body=EMPTY),
}
