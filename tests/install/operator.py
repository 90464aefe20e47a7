"""What the try asks of a hub, as an administrator: operator.py HUB PASSWORD claim CODE NAME | faults | version"""
import http.cookiejar, json, sys, urllib.request

hub, password, what, *more = sys.argv[1:]
browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
token = ''


def ask(method, path, body=None):
    request = urllib.request.Request(hub + path, method=method, data=None if body is None else json.dumps(body).encode(),
                                     headers={'Content-Type': 'application/json', 'X-CSRF-TOKEN': token})
    with browser.open(request) as answer:
        return json.loads(answer.read() or 'null')


token = ask('GET', '/api/session')['requestToken']
session = ask('POST', '/api/session', {'userName': 'admin', 'password': password, 'code': None})
token = session['requestToken']
if what == 'claim':
    code, name = more
    print(ask('POST', '/api/displays/', {'code': code, 'displayId': None, 'display': {
        'name': name, 'orgUnitId': session['grants'][0]['orgUnitId'], 'roomId': None, 'timeZone': 'Asia/Shanghai', 'orientation': 'landscape', 'tags': [],
        'language': 'zh-CN', 'volumePercent': 0, 'elderMode': False, 'audience': 'public', 'audienceTimes': []}})['id'])
else:
    for display in ask('GET', '/api/displays/')['items']:
        status = display.get('status') or {}
        print(status.get('playerVersion')) if what == 'version' else [print(fault['code'], fault['message']) for fault in status.get('faults', [])]
