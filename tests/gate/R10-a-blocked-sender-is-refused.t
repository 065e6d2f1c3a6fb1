> request=smtpd_access_policy
> protocol_state=RCPT
> sender=BAD@Example.ORG
> recipient=contact@x
> instance=101.1.0
>
< action=REJECT 5.7.1 Blocked. Ring 0100.
<
= C-2 block contact@x -
# another address of the same customer passes
> request=smtpd_access_policy
> protocol_state=RCPT
> sender=good@example.org
> recipient=contact@x
> instance=101.2.0
>
< action=DUNNO
<
= C-2 proceed contact@x -
