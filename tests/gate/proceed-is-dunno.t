# A customer whose contact nothing restricts here, and a stranger. Both are kept, the stranger as a keyed hash.
> request=smtpd_access_policy
> protocol_state=RCPT
> sender=jo@example.org
> recipient=casework@x
> recipient_count=0
> instance=100.1.0
>
< action=DUNNO
<
= C-1 proceed casework@x -
> request=smtpd_access_policy
> protocol_state=RCPT
> sender=nobody@example.org
> recipient=casework@x
> instance=100.2.0
>
< action=DUNNO
<
= stranger
# at DATA it is said again, and not kept again
> request=smtpd_access_policy
> protocol_state=RCPT
> sender=free@example.org
> recipient=casework@x
> instance=100.3.0
>
< action=DUNNO
<
= C-4 proceed casework@x -
> request=smtpd_access_policy
> protocol_state=DATA
> sender=free@example.org
> recipient=casework@x
> recipient_count=1
> instance=100.3.0
>
< action=DUNNO
<
