"""Posts usage events and reads them while something is done to the cluster; counts what was accepted, refused and lost.

usage: load.py AUTH_URL USAGE_URL CUSTOMER_EMAIL OPERATOR_EMAIL STOP_FILE
       passwords in PASSWORD and OPERATOR_PASSWORD; prints one line of JSON at the end.

Twelve events a second by four clients, which leaves a small node something for the pods that start meanwhile. Each event is
posted once, over a connection of its own, as a client without a pool would. A request that got no answer, or one that is neither
a success nor 503 with Retry-After, failed. The events are sent by a service account of the operator, as usage always is. At the end every accepted event must be there, once. Meanwhile the customer logs in
again every two seconds, and each new token must be good at once.
"""

import json
import os
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

auth, usage, email, operator_email, stop_file = sys.argv[1:6]
WORKERS, RATE = 4, 12
SOURCE = "load/%d" % time.time()
lock = threading.Lock()
accepted, failures, asked_to_wait, slowest, logins, logins_asked_to_wait = [], [], 0, 0.0, 0, 0


def call(method, url, token=None, body=None, content_type="application/json"):
    data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
    request = urllib.request.Request(url, method=method, data=data)
    request.add_header("Content-Type", content_type)
    if token:
        request.add_header("Authorization", "Bearer " + token)
    with urllib.request.urlopen(request, timeout=60) as answer:
        text = answer.read()
        return json.loads(text) if text else None


def login(who=email, password="PASSWORD"):
    return call("POST", auth + "/v1/auth/login", body={"email": who, "password": os.environ[password]})["access_token"]


def recorder():
    tenant = call("GET", auth + "/v1/auth/user_info", login())["tenant"]["id"]
    account = call("POST", auth + "/v1/auth/service-accounts", login(operator_email, "OPERATOR_PASSWORD"),
                   {"name": SOURCE, "scopes": ["usage:write"], "tenant_id": tenant})
    form = {"grant_type": "client_credentials", "client_id": account["client_id"], "client_secret": account["client_secret"]}
    return call("POST", auth + "/v1/auth/token", body=urllib.parse.urlencode(form).encode(),
                content_type="application/x-www-form-urlencoded")["access_token"]


def work(worker, token):
    global asked_to_wait, slowest
    number, due = 0, time.time()
    while not os.path.exists(stop_file):
        number += 1
        name = "%d-%d" % (worker, number)
        event = {"specversion": "1.0", "id": name, "source": SOURCE, "type": "load.event",
                 "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "data": {"n": "1"}}
        begun = time.time()
        try:
            call("POST", usage + "/v1/usage/events", token, event, "application/cloudevents+json")
            with lock:
                accepted.append(name)
                slowest = max(slowest, time.time() - begun)
        except urllib.error.HTTPError as error:
            with lock:
                if error.code == 503 and error.headers.get("Retry-After"):
                    asked_to_wait += 1
                else:
                    failures.append("%s %d" % (time.strftime("%H:%M:%S"), error.code))
        except OSError as error:
            with lock:
                failures.append("%s %s" % (time.strftime("%H:%M:%S"), error))
        due = max(due + WORKERS / RATE, time.time())
        time.sleep(max(0, due - time.time()))


def log_in_again():
    global logins, logins_asked_to_wait
    while not os.path.exists(stop_file):
        try:
            call("GET", usage + "/v1/usage/events?limit=1", login())
            with lock:
                logins += 1
        except urllib.error.HTTPError as error:
            with lock:
                if error.code == 503 and error.headers.get("Retry-After"):
                    logins_asked_to_wait += 1
                else:
                    failures.append("%s login or its token: %d" % (time.strftime("%H:%M:%S"), error.code))
        except OSError as error:
            with lock:
                failures.append("%s login: %s" % (time.strftime("%H:%M:%S"), error))
        time.sleep(2)


def stored(token):
    names, after = [], ""
    while True:
        page = call("GET", usage + "/v1/usage/events?limit=1000" + (after and "&after=" + after), token)
        names += [event["event_id"] for event in page["data"] if event["source"] == SOURCE]
        if not page["next"]:
            return names
        after = page["next"]


token = recorder()
workers = [threading.Thread(target=work, args=(worker, token)) for worker in range(WORKERS)] + [threading.Thread(target=log_in_again)]
for worker in workers:
    worker.start()
for worker in workers:
    worker.join()
found = stored(login())
print(json.dumps({"accepted": len(accepted), "failed": len(failures), "asked_to_wait": asked_to_wait,
                  "lost": len(set(accepted) - set(found)), "twice": len(found) - len(set(found)),
                  "logins": logins, "logins_asked_to_wait": logins_asked_to_wait, "slowest_ms": round(slowest * 1000), "failures": failures[:5]}))
