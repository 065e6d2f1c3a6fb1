> request=smtpd_access_policy
> protocol_state=RCPT
> sender=
> recipient=contact@x
> instance=106.1.0
>
< action=DUNNO
<
> request=smtpd_access_policy
> protocol_state=RCPT
> sender=bad@example.org
> sasl_username=ann
> recipient=contact@x
> instance=106.2.0
>
< action=DUNNO
<
# other states of the protocol
> request=smtpd_access_policy
> protocol_state=CONNECT
>
< action=DUNNO
<
> request=smtpd_access_policy
> protocol_state=MAIL
> sender=bad@example.org
>
< action=DUNNO
<
# nothing of it was kept
> request=smtpd_access_policy
> protocol_state=RCPT
> sender=bad@example.org
> recipient=contact@x
> instance=106.3.0
>
< action=REJECT 5.7.1 Blocked. Ring 0100.
<
= C-2 block contact@x -
