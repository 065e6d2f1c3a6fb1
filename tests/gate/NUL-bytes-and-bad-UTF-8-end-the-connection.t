>> request=smtpd_access_policy\nprotocol_state=RCPT\nsender=bad\0@example.org\nrecipient=contact@x\n\n
< EOF
--
>> request=smtpd_access_policy\nprotocol_state=RCPT\nhelo_name=a\0b\nsender=bad@example.org\nrecipient=contact@x\n\n
< EOF
--
>> request=smtpd_access_policy\nprotocol_state=RCPT\nsender=b\377d@example.org\nrecipient=contact@x\n\n
< EOF
--
# in an attribute that is ignored, bytes are ignored too: nobody gets past a refusal with them
>> request=smtpd_access_policy\nhelo_name=\377\376\nprotocol_state=RCPT\nsender=bad@example.org\nrecipient=contact@x\n\n
< action=REJECT 5.7.1 Blocked. Ring 0100.
<
= C-2 block contact@x -
--
# the answers before it arrive
>> request=smtpd_access_policy\nprotocol_state=CONNECT\n\nrequest=\0\n\n
< action=DUNNO
<
< EOF
