> request=smtpd_access_policy
> protocol_state=RCPT
> sender=new@example.org
> recipient=contact@x
> instance=105.1.0
>
< action=DUNNO
<
= C-7 check contact@x -
> request=smtpd_access_policy
> protocol_state=DATA
> sender=new@example.org
> recipient=contact@x
> recipient_count=1
> instance=105.1.0
>
< action=PREPEND X-Evenhand: check
<
= C-7 check contact@x check
