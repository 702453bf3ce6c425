"""What pypsrp does with the twin, as one line of JSON. Told everything by one JSON argument."""
import json
import sys
import xml.etree.ElementTree as ET

from pypsrp.exceptions import WinRMError, WSManFaultError
from pypsrp.powershell import RunspacePool
from pypsrp.shell import Process, WinRS
from pypsrp.wsman import NAMESPACES, SelectorSet, WSMan, WSManAction

CIM = "http://schemas.microsoft.com/wbem/wsman/1/wmi/root/"
told = json.loads(sys.argv[1])


def tag(prefix, name):
    return "{%s}%s" % (NAMESPACES[prefix], name)


def shells(wsman):
    answers = []
    for _ in range(told["times"]):
        with WinRS(wsman) as shell:
            process = Process(shell, "hostname")
            process.invoke()
            answers.append([process.rc, process.stdout.decode(), process.stderr.decode()])
    return {"answers": answers}


def enumeration(wsman):
    """WQL in pages of five."""
    start = ET.Element(tag("wsen", "Enumerate"))
    ET.SubElement(start, tag("wsman", "OptimizeEnumeration"))
    ET.SubElement(start, tag("wsman", "MaxElements")).text = "5"
    dialect = "http://schemas.microsoft.com/wbem/wsman/1/WQL"
    ET.SubElement(start, tag("wsman", "Filter"), Dialect=dialect).text = told["wql"]
    uri = CIM + "cimv2/*"
    body = wsman.enumerate(uri, start)
    names, pages = [], 0
    while True:
        pages += 1
        names += [found.text for found in body.iter("Name")]
        context = next((found.text for found in body.iter(tag("wsen", "EnumerationContext"))), None)
        ended = any(found.tag.endswith("}EndOfSequence") for found in body.iter())
        if ended or not context:
            return {"names": names, "pages": pages}
        pull = ET.Element(tag("wsen", "Pull"))
        ET.SubElement(pull, tag("wsen", "EnumerationContext")).text = context
        ET.SubElement(pull, tag("wsen", "MaxElements")).text = "5"
        body = wsman.pull(uri, pull)


def one(wsman):
    """Get by key, and a method of the registry."""
    selectors = SelectorSet()
    selectors.add_option("Name", "W32Time")
    service = wsman.get(CIM + "cimv2/Win32_Service", selector_set=selectors)
    uri = CIM + "default/StdRegProv"
    values = ET.Element("{%s}GetStringValue_INPUT" % uri)
    ET.SubElement(values, "{%s}hDefKey" % uri).text = "2147483650"
    ET.SubElement(values, "{%s}sSubKeyName" % uri).text = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion"
    ET.SubElement(values, "{%s}sValueName" % uri).text = "CurrentVersion"
    answer = wsman.invoke(uri + "/GetStringValue", uri, values)
    texts = {found.tag.split("}")[1]: found.text for found in [*service.iter(), *answer.iter()]}
    return {"service": texts.get("DisplayName"), "value": texts.get("sValue"), "code": texts.get("ReturnValue")}


def runspace(wsman):
    with RunspacePool(wsman):
        return {"opened": True}


def main():
    tasks = {"shells": shells, "enumeration": enumeration, "one": one, "runspace": runspace}
    with WSMan(
        told["host"],
        port=told["port"],
        ssl=told["ssl"],
        auth=told["auth"],
        username=told["user"],
        password=told["password"],
        encryption="auto" if told["ssl"] else "always",
        cert_validation=told.get("ca", True),
        no_proxy=True,
        reconnection_retries=0,
    ) as wsman:
        try:
            return tasks[told["task"]](wsman)
        except WSManFaultError as fault:
            return {"fault": fault.code, "message": str(fault)}
        except WinRMError as error:
            return {"refused": type(error).__name__, "message": str(error)}


print(json.dumps(main()))
