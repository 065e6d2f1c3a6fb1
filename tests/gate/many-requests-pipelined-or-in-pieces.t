>> request=smtpd_access_policy\nprotocol_state=RCPT\nsender=bad@example.org\nrecipient=contact@x\n\nrequest=smtpd_access_policy\nprotocol_state=RCPT\nsender=good@example.org\nrecipient=contact@x\n\nrequest=smtpd_acc
< action=REJECT 5.7.1 Blocked. Ring 0100.
<
< action=DUNNO
<
>> ess_policy\nprotocol_state=RCPT\nsender=filed@example.org\nrecipient=contact@x
>> \n
>> \n
< action=DUNNO
<
= C-2 block contact@x -
= C-2 proceed contact@x -
= C-6 file contact@x -
