"""The questions of a facts file, asked again through pywinrm's transport: what another client needs for the same."""
import json
import os
import re
import sys
import uuid
from xml.sax.saxutils import escape, quoteattr

from winrm.protocol import Protocol

HIVES = {"HKCR": 2147483648, "HKLM": 2147483650, "HKU": 2147483651}
METHODS = {
    "string": "GetStringValue",
    "expandstring": "GetExpandedStringValue",
    "multistring": "GetMultiStringValue",
    "dword": "GetDWORDValue",
    "qword": "GetQWORDValue",
    "binary": "GetBinaryValue",
}
WMI = "http://schemas.microsoft.com/wbem/wsman/1/wmi/"
ENUMERATION = "http://schemas.xmlsoap.org/ws/2004/09/enumeration"


def envelope(action, resource, body):
    return f"""<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing"
 xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd" xmlns:n="{ENUMERATION}"><s:Header><a:To>http://windows-host:5986/wsman</a:To>
<w:ResourceURI s:mustUnderstand="true">{resource}</w:ResourceURI><a:ReplyTo><a:Address s:mustUnderstand="true">http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:Address></a:ReplyTo>
<a:Action s:mustUnderstand="true">{action}</a:Action><a:MessageID>uuid:{uuid.uuid4()}</a:MessageID>
<w:MaxEnvelopeSize s:mustUnderstand="true">512000</w:MaxEnvelopeSize><w:OperationTimeout>PT55S</w:OperationTimeout></s:Header><s:Body>{body}</s:Body></s:Envelope>""".encode()


def enumerate_class(protocol, query):
    where = f" where {query['where']}" if query.get("where") else ""
    wql = f"select {','.join(query['properties'])} from {query['className']}{where}"
    resource = f"{WMI}{query['namespace']}/*"
    body = (
        "<n:Enumerate><w:OptimizeEnumeration/><w:MaxElements>32000</w:MaxElements>"
        f'<w:Filter Dialect="http://schemas.microsoft.com/wbem/wsman/1/WQL">{escape(wql)}</w:Filter></n:Enumerate>'
    )
    answer = protocol.send_message(envelope(f"{ENUMERATION}/Enumerate", resource, body))
    while b"EndOfSequence" not in answer:
        context = re.search(rb"EnumerationContext[^>]*>([^<]+)<", answer).group(1).decode()
        body = f"<n:Pull><n:EnumerationContext>{context}</n:EnumerationContext><n:MaxElements>32000</n:MaxElements></n:Pull>"
        answer = protocol.send_message(envelope(f"{ENUMERATION}/Pull", resource, body))


def read_registry(protocol, query):
    resource = f"{WMI}root/cimv2/StdRegProv"
    value = query.get("value")
    method = METHODS[value["type"]] if value else "EnumKey"
    name = f"<p:sValueName>{escape(value['name'])}</p:sValueName>" if value else ""
    body = (
        f"<p:{method}_INPUT xmlns:p={quoteattr(resource)}><p:hDefKey>{HIVES[query['hive']]}</p:hDefKey>"
        f"<p:sSubKeyName>{escape(query['key'])}</p:sSubKeyName>{name}</p:{method}_INPUT>"
    )
    protocol.send_message(envelope(f"{resource}/{method}", resource, body))


def main():
    for line in open(sys.argv[1], encoding="utf-8"):
        facts = json.loads(line)
        protocol = Protocol(
            endpoint=f"https://{facts['host']}/wsman",
            transport="ntlm",
            username=os.environ["BENCH_USER"],
            password=os.environ["LYNCIMG_PASSWORD"],
            ca_trust_path=sys.argv[2],
        )
        for answered in facts["answers"]:
            query = answered["query"]
            (enumerate_class if query["kind"] == "cim" else read_registry)(protocol, query)


main()
